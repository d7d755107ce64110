import { BlockView } from './block-view.tsx';
import type { Block } from './types.ts';

/** The blocks of a message or modal. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <BlockView key={block.block_id ?? index} block={block} />
      ))}
    </div>
  );
}
