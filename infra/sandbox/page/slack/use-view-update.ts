import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Block } from '../blocks/types.ts';

/** As much of a changed block as is read out; the rest is there to be read. */
const READ_OUT = 200;

/**
 * What a screen reader is told when an app updates a view: the first block that has changed.
 *
 * @param container its children are the blocks, one each
 */
export function useUpdateAnnouncement(
  blocks: readonly Block[],
  container: RefObject<HTMLElement | null>,
): string {
  const before = useRef(blocks);
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const place = firstDifference(before.current, blocks);
    before.current = blocks;
    const changed = container.current?.children[place];
    if (changed instanceof HTMLElement) setAnnouncement(`Updated: ${changed.innerText.slice(0, READ_OUT)}`);
  }, [blocks, container]);
  return announcement;
}

/** -1 when nothing has changed. */
function firstDifference(before: readonly Block[], after: readonly Block[]): number {
  return after.findIndex((block, place) => JSON.stringify(block) !== JSON.stringify(before[place]));
}

/** A new page is read from its top; the focus stays inside when what had it is gone. */
export function useTopOfPage(content: string, page: RefObject<HTMLElement | null>): void {
  const shown = useRef(content);
  useLayoutEffect(() => {
    if (shown.current === content || !page.current) return;
    shown.current = content;
    page.current.scrollTop = 0;
    if (document.activeElement === document.body) page.current.focus();
  }, [content, page]);
}
