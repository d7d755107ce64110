import { type FormEvent, useRef, useState } from 'react';
import type { Blocks } from '../../slack/block-ids.ts';
import { blankInputs, stateValues, type Values } from '../../slack/state-values.ts';
import type { Block, ModalView } from '../blocks/types.ts';
import { useTopOfPage, useUpdateAnnouncement } from './use-view-update.ts';
import { ViewBlocks } from './view-blocks.tsx';

/** The inside of a modal: its blocks and inputs, and its buttons when there is something to submit. */
export function ViewForm({
  viewId,
  view,
  warning,
  onSubmit,
  onCancel,
}: {
  viewId: string;
  view: ModalView;
  warning: string | undefined;
  onSubmit(values: Values): Promise<Record<string, string> | null>;
  onCancel(): void;
}) {
  const blocks = view.blocks as Block[];
  const [touched, setTouched] = useState<Values>({});
  const values = stateValues(view.blocks as unknown as Blocks, touched);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const body = useRef<HTMLElement>(null);
  const announcement = useUpdateAnnouncement(blocks, body);
  useTopOfPage(JSON.stringify(blocks), body);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const blank = blankInputs(view.blocks as unknown as Blocks, values);
    setErrors(blank);
    if (Object.keys(blank).length > 0) return;
    setBusy(true);
    setErrors((await onSubmit(values)) ?? {});
    setBusy(false);
  };
  return (
    <form onSubmit={submit} noValidate>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page that scrolls must be reachable by keyboard */}
      <section ref={body} className="modal-body" aria-label="Content" tabIndex={0}>
        <ViewBlocks viewId={viewId} blocks={blocks} values={values} errors={errors} onValues={setTouched} />
      </section>
      <footer>
        <p className="slack-warning" role="alert">
          {warning}
        </p>
        <button type="button" onClick={onCancel}>
          {view.close?.text ?? 'Close'}
        </button>
        {view.submit && (
          <button type="submit" className="slack-button primary" aria-busy={busy}>
            {view.submit.text}
          </button>
        )}
      </footer>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </form>
  );
}
