import { useId } from 'react';
import type { SandboxState, ViewState } from '../../api/contract.ts';
import { SurfaceContext } from '../blocks/surface.ts';
import type { ModalView } from '../blocks/types.ts';
import { Dialog } from '../parts/dialog.tsx';
import { CloseIcon } from '../parts/icons.tsx';
import { createViewSurface } from './create-surface.ts';
import type { Slack } from './use-slack.ts';
import { ViewForm } from './view-form.tsx';

/** A modal that the guard has opened; those below it stay as they are until it closes. */
export function ViewDialog({
  opened,
  slack,
  state,
}: {
  opened: ViewState;
  slack: Slack;
  state: SandboxState;
}) {
  const titleId = useId();
  const view = opened.view as unknown as ModalView;
  const close = () => slack.closeView(opened);
  return (
    <Dialog className="slack-modal" titleId={titleId} onClose={close}>
      <header>
        <h2 id={titleId}>{view.title.text}</h2>
        <button type="button" className="icon" aria-label="Close" onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <SurfaceContext value={createViewSurface(state, opened, slack)}>
        <ViewForm
          viewId={opened.id}
          view={view}
          warning={slack.warnings[opened.id]}
          onSubmit={(values) => slack.submit(opened, values)}
          onCancel={close}
        />
      </SurfaceContext>
    </Dialog>
  );
}
