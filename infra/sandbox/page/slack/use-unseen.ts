import { useEffect, useState } from 'react';
import type { SlackMessageState } from '../../api/contract.ts';

const STORED_AS = 'seen-messages';

/**
 * How many messages a person has not looked at yet; survives a reload of the page.
 *
 * @param looking while true, whatever is there counts as looked at
 */
export function useUnseen(user: string, messages: readonly SlackMessageState[], looking: boolean): number {
  const [seen, setSeen] = useState(readSeen);
  const newest = Math.max(0, ...messages.map(({ ts }) => Number(ts)));
  useEffect(() => {
    if (!looking) return;
    setSeen((before) => {
      const after = { ...before, [user]: newest };
      localStorage.setItem(STORED_AS, JSON.stringify(after));
      return after;
    });
  }, [user, newest, looking]);
  if (looking) return 0;
  return messages.filter(({ ts }) => Number(ts) > (seen[user] ?? 0)).length;
}

/** Person → when the newest message they have seen was written, in seconds since 1970. */
function readSeen(): Record<string, number> {
  return JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
}
