import { useLayoutEffect, useRef } from 'react';
import type { SandboxState, ViewState } from '../../api/contract.ts';
import { SurfaceContext } from '../blocks/surface.ts';
import type { ModalView } from '../blocks/types.ts';
import { CloseIcon } from '../parts/icons.tsx';
import { createSurface } from './create-surface.ts';
import type { Slack } from './use-slack.ts';
import { ViewForm } from './view-form.tsx';

/** A modal that the guard has opened. The native dialog keeps the focus inside and closes on Esc. */
export function ViewDialog({
  opened,
  slack,
  state,
}: {
  opened: ViewState;
  slack: Slack;
  state: SandboxState;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const view = opened.view as unknown as ModalView;
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // Closing before it leaves the page gives the focus back to what opened it.
    return () => dialog?.close();
  }, []);
  const surface = createSurface(state, { onClick: () => {}, pendingActionId: null });
  return (
    <dialog ref={ref} className="slack-modal" aria-labelledby="modal-title" onClose={slack.closeView}>
      <header>
        <h2 id="modal-title">{view.title.text}</h2>
        <button type="button" className="icon" aria-label="Close" onClick={() => ref.current?.close()}>
          <CloseIcon />
        </button>
      </header>
      <SurfaceContext value={surface}>
        <ViewForm
          key={JSON.stringify(view.blocks)}
          view={view}
          warning={slack.warnings[opened.id]}
          onSubmit={(values) => slack.submit(opened, values)}
          onCancel={() => ref.current?.close()}
        />
      </SurfaceContext>
    </dialog>
  );
}
