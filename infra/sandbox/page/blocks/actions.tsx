import { type Element, ElementView } from './element-view.tsx';
import type { ActionsBlock } from './types.ts';

export function Actions({ block }: { block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, index) => (
        <ElementView key={actionIdOf(element) ?? index} element={element} blockId={block.block_id} />
      ))}
    </div>
  );
}

function actionIdOf(element: Element): string | undefined {
  return 'action_id' in element ? element.action_id : undefined;
}
