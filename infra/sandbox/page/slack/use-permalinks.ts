import { useEffect, useEffectEvent } from 'react';
import { type Permalink, parsePermalink } from './permalink.ts';

/**
 * Keeps links to messages of the sandbox inside the page, wherever they stand: in a message, a modal or an e-mail.
 * A click that asks for a new tab is left to the browser.
 *
 * @param follow says whether it has led to the message; otherwise the browser opens the address
 */
export function usePermalinks(follow: (link: Permalink) => boolean): void {
  const onClick = useEffectEvent((event: MouseEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const link = parsePermalink(anchor?.getAttribute('href') ?? '');
    if (link && follow(link)) event.preventDefault();
  });
  useEffect(() => {
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
}
