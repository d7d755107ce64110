import { Text } from './text.tsx';
import type { ContextBlock } from './types.ts';

export function Context({ block }: { block: ContextBlock }) {
  return (
    <div className="block-context">
      {block.elements.map((element, index) =>
        element.type === 'image' ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no other identity than their place
          <div key={index}>
            <Text text={element} />
          </div>
        ),
      )}
    </div>
  );
}
