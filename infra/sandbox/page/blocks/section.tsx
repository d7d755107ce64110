import { ElementView } from './element-view.tsx';
import { Text } from './text.tsx';
import type { SectionBlock } from './types.ts';

export function Section({ block }: { block: SectionBlock }) {
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
      {block.accessory && <ElementView element={block.accessory} blockId={block.block_id} />}
    </div>
  );
}
