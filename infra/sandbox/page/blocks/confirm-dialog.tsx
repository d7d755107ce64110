import { useId } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Text } from './text.tsx';
import type { Confirm } from './types.ts';

/** What Slack asks before a click on an element with `confirm`. Deny comes first, so that the focus starts there. */
export function ConfirmDialog({
  confirm,
  onConfirm,
  onDeny,
}: {
  confirm: Confirm;
  onConfirm(): void;
  onDeny(): void;
}) {
  const titleId = useId();
  return (
    <Dialog className="slack-modal confirm" titleId={titleId} onClose={onDeny}>
      <header>
        <h2 id={titleId}>{confirm.title?.text ?? 'Are you sure?'}</h2>
      </header>
      <div className="modal-body">
        <div className="block-section-text">
          <Text text={confirm.text} />
        </div>
      </div>
      <footer>
        <button type="button" onClick={onDeny}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button type="button" className={`slack-button ${confirm.style ?? 'primary'}`} onClick={onConfirm}>
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
