import type { Ref } from 'react';
import { BlockView } from './block-view.tsx';
import type { Block } from './types.ts';

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
