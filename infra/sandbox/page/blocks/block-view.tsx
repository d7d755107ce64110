import type { Ref } from 'react';
import { ButtonView } from './button.tsx';
import { Text } from './text.tsx';
import type { ActionsBlock, Block, ContextBlock, SectionBlock } from './types.ts';

/** The blocks of a message or App Home; one element each. */
export function Blocks({ blocks, ref }: { blocks: readonly Block[]; ref?: Ref<HTMLDivElement> }) {
  return (
    <div ref={ref} className="blocks">
      {blocks.map((block, index) => (
        <BlockView key={block.block_id ?? index} block={block} />
      ))}
    </div>
  );
}

/** One block that is not an input, as Slack draws it; a kind that the guard does not send is named instead. */
export function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'header':
      return <h4 className="block-header">{block.text.text}</h4>;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return <Context block={block} />;
    case 'actions':
      return <Actions block={block} />;
    case 'divider':
      return <hr />;
    default:
      return <p className="muted">(a block of type “{block.type}”)</p>;
  }
}

function Section({ block }: { block: SectionBlock }) {
  return (
    <div className="block-section">
      <div className="block-section-text">
        {block.text && <Text text={block.text} />}
        {block.fields && (
          <div className="block-fields">
            {block.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other identity than their place
              <div key={index}>
                <Text text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && <Element element={block.accessory} blockId={block.block_id} />}
    </div>
  );
}

function Context({ block }: { block: ContextBlock }) {
  return (
    <div className="block-context">
      {block.elements.map(
        (element, index) =>
          element.type !== 'image' && (
            // biome-ignore lint/suspicious/noArrayIndexKey: elements have no other identity than their place
            <div key={index}>
              <Text text={element} />
            </div>
          ),
      )}
    </div>
  );
}

function Actions({ block }: { block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, index) => (
        <Element key={actionIdOf(element) ?? index} element={element} blockId={block.block_id} />
      ))}
    </div>
  );
}

type AnyElement = ActionsBlock['elements'][number] | NonNullable<SectionBlock['accessory']>;

function actionIdOf(element: AnyElement): string | undefined {
  return element.type === 'button' ? element.action_id : undefined;
}

function Element({ element, blockId }: { element: AnyElement; blockId?: string }) {
  if (element.type === 'button') return <ButtonView button={element} blockId={blockId} />;
  return <p className="muted">(an element of type “{element.type}”)</p>;
}
