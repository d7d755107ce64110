import { type ReactNode, type SyntheticEvent, useLayoutEffect, useRef } from 'react';

/**
 * A modal dialog that is open for as long as it is rendered. The native dialog keeps the focus inside and closes on
 * Esc.
 *
 * @param onClose may be called twice, since taking the dialog off the page closes it once more
 */
export function Dialog({
  className,
  titleId,
  onClose,
  children,
}: {
  className: string;
  titleId: string;
  onClose(): void;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // React focuses while the dialog is still closed, and opening it then takes its first button.
    dialog?.querySelector<HTMLElement>('[data-focus-on-load]')?.focus();
    // Closing before it leaves the page gives the focus back to what opened it.
    return () => dialog?.close();
  }, []);
  // React lets the event of a dialog inside this one come up here; in the browser it does not bubble.
  const close = (event: SyntheticEvent) => {
    if (event.target === event.currentTarget) onClose();
  };
  return (
    <dialog ref={ref} className={className} aria-labelledby={titleId} onClose={close}>
      {children}
    </dialog>
  );
}
