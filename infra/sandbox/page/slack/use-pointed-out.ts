import { type RefObject, useEffect } from 'react';
import type { Permalink } from './permalink.ts';

/** Brings the message that a link has led to into view, and the focus to it. */
export function usePointedOut(
  list: RefObject<HTMLElement | null>,
  target: Permalink | null,
  selected: boolean,
): void {
  useEffect(() => {
    if (!target || !selected) return;
    const message = list.current?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(target.ts)}"]`);
    message?.scrollIntoView({ block: 'center' });
    message?.focus({ preventScroll: true });
  }, [list, target, selected]);
}
