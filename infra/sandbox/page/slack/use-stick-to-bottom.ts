import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** How close to the end still counts as reading the newest message, in pixels. */
const NEAR = 40;

/** Where the newest message stands from its first line, or at the end of the list where all of it has room. */
function endOf(list: HTMLElement): number {
  const end = list.scrollHeight - list.clientHeight;
  const newest = list.querySelector(':scope > ol > li:last-child');
  if (newest === null) return end;
  const top = newest.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  return Math.min(end, top);
}

/**
 * Keeps a list scrolled to its end while the reader is there, and leaves it alone while they read further up.
 *
 * @param newest changes when there is something new at the end
 * @param content changes whenever the list may have grown
 * @param shown false while the list has no size
 */
export function useStickToBottom(
  newest: string | undefined,
  content: unknown,
  shown: boolean,
): { ref: RefObject<HTMLElement | null>; hasUnseen: boolean; scrollToEnd(): void } {
  const ref = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [seen, setSeen] = useState(newest);

  const scrollToEnd = () => {
    if (ref.current) ref.current.scrollTop = endOf(ref.current);
    setSeen(newest);
  };

  useEffect(() => {
    const list = ref.current;
    if (!list) return;
    const onScroll = () => {
      atEnd.current = endOf(list) - list.scrollTop < NEAR;
      if (atEnd.current) setSeen(newest);
    };
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => list.removeEventListener('scroll', onScroll);
  }, [newest]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the content may have grown
  useLayoutEffect(() => {
    if (atEnd.current) scrollToEnd();
  }, [content, shown]);

  return { ref, hasUnseen: newest !== undefined && newest !== seen && !atEnd.current, scrollToEnd };
}
