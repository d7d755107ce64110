import { type FormEvent, useState } from 'react';
import { BlockView } from '../blocks/block-view.tsx';
import { InputBlockView } from '../blocks/input-block.tsx';
import type { Block, ModalView } from '../blocks/types.ts';
import { initialValues, inputBlocks, keysOf, missingValues, type ViewValues } from '../blocks/view-values.ts';

/** The inside of a modal: its blocks and inputs, and its buttons when there is something to submit. */
export function ViewForm({
  view,
  warning,
  onSubmit,
  onCancel,
}: {
  view: ModalView;
  warning: string | undefined;
  onSubmit(values: ViewValues): Promise<Record<string, string> | null>;
  onCancel(): void;
}) {
  const blocks = view.blocks as Block[];
  const [values, setValues] = useState(() => initialValues(blocks));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingValues(blocks, values);
    setErrors(missing);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    setErrors((await onSubmit(values)) ?? {});
    setBusy(false);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="modal-body">
        <ViewBlocks blocks={blocks} values={values} errors={errors} onValues={setValues} />
        <p className="slack-warning" role="alert">
          {warning}
        </p>
      </div>
      <footer>
        <button type="button" onClick={onCancel}>
          {view.close?.text ?? 'Close'}
        </button>
        {view.submit && (
          <button type="submit" className="slack-button primary" aria-busy={busy}>
            {view.submit.text}
          </button>
        )}
      </footer>
    </form>
  );
}

function ViewBlocks({
  blocks,
  values,
  errors,
  onValues,
}: {
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
        id={`view-${blockId}`}
        error={errors[blockId]}
        value={values[blockId]?.[actionId] ?? { type: 'unknown' }}
        onChange={(value) => onValues({ ...values, [blockId]: { [actionId]: value } })}
      />
    );
  });
}
