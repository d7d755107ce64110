import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import type { Confirm } from './types.ts';

/**
 * Runs what a click means: at once, or after the person has said yes where the app wants to be sure.
 *
 * @returns `dialog` has to be rendered beside the element
 */
export function useConfirmed(confirm: Confirm | undefined): {
  run(action: () => void): void;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<{ action(): void } | null>(null);
  return {
    run: (action) => (confirm ? setAsked({ action }) : action()),
    dialog: confirm && asked && (
      <ConfirmDialog
        confirm={confirm}
        onDeny={() => setAsked(null)}
        onConfirm={() => {
          setAsked(null);
          asked.action();
        }}
      />
    ),
  };
}
