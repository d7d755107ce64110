import { ButtonView } from './button.tsx';
import type { ActionsBlock } from './types.ts';

export function Actions({ block }: { block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element) =>
        element.type === 'button' ? (
          <ButtonView
            key={element.action_id ?? element.text.text}
            button={element}
            blockId={block.block_id}
          />
        ) : null,
      )}
    </div>
  );
}
