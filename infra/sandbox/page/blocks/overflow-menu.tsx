import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { placeBeside, useLeftOnScroll } from './floating.ts';
import { useSurface } from './surface.ts';
import type { Overflow } from './types.ts';
import { useConfirmed } from './use-confirmed.tsx';

/** The "…" menu, after the ARIA pattern of a menu button: arrow keys between the items, Esc closes. */
export function OverflowMenu({ element, blockId }: { element: Overflow; blockId?: string }) {
  const { onClick } = useSurface();
  const { run, dialog } = useConfirmed(element.confirm);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (value: string | undefined) => {
    close();
    run(() => onClick({ actionId: element.action_id ?? '', blockId, value }));
  };
  return (
    <div className="overflow">
      <button
        ref={opener}
        type="button"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <Menu options={element.options} onChoose={choose} onClose={close} onLeave={() => setOpen(false)} />
      )}
      {dialog}
    </div>
  );
}

function Menu({
  options,
  onChoose,
  onClose,
  onLeave,
}: {
  options: Overflow['options'];
  onChoose(value: string | undefined): void;
  /** Gives the focus back to the button. */
  onClose(): void;
  /** The focus has gone elsewhere. */
  onLeave(): void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current?.parentElement) placeBeside(menu.current, menu.current.parentElement);
    menu.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  useLeftOnScroll(onLeave);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const place = items.indexOf(document.activeElement as HTMLButtonElement);
    const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined && event.key !== 'Escape') return;
    // Also keeps Esc from closing a modal around the menu.
    event.preventDefault();
    if (next === undefined) onClose();
    else items.at(next % items.length)?.focus();
  };
  const onBlur = (event: FocusEvent) => {
    // The button beside the menu closes it by itself.
    if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onLeave();
  };
  return (
    <div ref={menu} role="menu" tabIndex={-1} className="overflow-menu" onKeyDown={onKeyDown} onBlur={onBlur}>
      {options.map(({ text, value }) => (
        <button key={value} type="button" role="menuitem" tabIndex={-1} onClick={() => onChoose(value)}>
          {text.text}
        </button>
      ))}
    </div>
  );
}
