import type { Values } from '../../slack/state-values.ts';
import { BlockView } from '../blocks/block-view.tsx';
import { InputBlockView } from '../blocks/input-block.tsx';
import type { Block } from '../blocks/types.ts';

/** The blocks of a modal, inputs among them; one element each. */
export function ViewBlocks({
  viewId,
  blocks,
  values,
  errors,
  onValues,
}: {
  /** Keeps the ids of fields apart where modals lie on top of each other. */
  viewId: string;
  blocks: readonly Block[];
  values: Values;
  errors: Record<string, string>;
  onValues(values: Values): void;
}) {
  return blocks.map((block, place) => {
    if (block.type !== 'input') return <BlockView key={block.block_id ?? place} block={block} />;
    // Slack has made up the ids that the app left out.
    const blockId = String(block.block_id);
    const [actionId = '', held] = Object.entries(values[blockId] ?? {})[0] ?? [];
    return (
      <InputBlockView
        key={blockId}
        block={block}
        id={`${viewId}-${blockId}`}
        error={errors[blockId]}
        value={held?.value ?? ''}
        onChange={(value) => onValues({ ...values, [blockId]: { [actionId]: value } })}
      />
    );
  });
}
