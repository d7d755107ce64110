import { BlockView } from '../blocks/block-view.tsx';
import { InputBlockView } from '../blocks/input-block.tsx';
import type { Block } from '../blocks/types.ts';
import { inputBlocks, keysOf, type ViewValues } from '../blocks/view-values.ts';

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
  values: ViewValues;
  errors: Record<string, string>;
  onValues(values: ViewValues): void;
}) {
  const inputs = inputBlocks(blocks);
  return blocks.map((block, place) => {
    if (block.type !== 'input') return <BlockView key={block.block_id ?? place} block={block} />;
    const { blockId, actionId } = keysOf(block, inputs.indexOf(block));
    return (
      <InputBlockView
        key={blockId}
        block={block}
        id={`${viewId}-${blockId}`}
        error={errors[blockId]}
        value={values[blockId]?.[actionId] ?? { type: 'unknown' }}
        onChange={(value) => onValues({ ...values, [blockId]: { [actionId]: value } })}
      />
    );
  });
}
