import { useEffect, useRef, useState } from 'react';
import type { Entry } from './timeline.ts';

/** Tells screen readers of messages that arrive or change; silent about those that were there at the start. */
export function Announcer({ kind, entries }: { kind: string; entries: readonly Entry[] }) {
  const known = useRef<Map<string, string> | null>(null);
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const now = new Map(entries.flatMap((entry) => textsOf(entry, kind)));
    const changed = known.current && [...now].filter(([key, text]) => known.current?.get(key) !== text);
    known.current = now;
    if (changed && changed.length > 0) setAnnouncement(changed.map(([, text]) => text).join('. '));
  }, [entries, kind]);
  return (
    <p className="visually-hidden" role="status">
      {announcement}
    </p>
  );
}

function textsOf(entry: Entry, kind: string): [string, string][] {
  if (entry.kind === 'note') return [[entry.key, `Only visible to you: ${entry.note.text}`]];
  const replies = entry.replies.map((reply): [string, string] => [reply.ts, `Reply: ${reply.text}`]);
  return [[entry.key, `${kind}: ${entry.message.text}`], ...replies];
}
