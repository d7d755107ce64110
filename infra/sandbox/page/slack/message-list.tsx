import { type RefObject, useEffect } from 'react';
import { Message } from './message.tsx';
import type { MessageProps } from './message-body.tsx';
import { MessageFrame } from './message-frame.tsx';
import type { Permalink } from './permalink.ts';
import type { Entry, Note } from './timeline.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

export interface MessageListProps extends Omit<MessageProps, 'message'> {
  entries: readonly Entry[];
  /** False while another place is shown. */
  selected: boolean;
  /** Stands there while there are no messages. */
  empty: string;
}

/** The messages of one place, oldest first. */
export function MessageList({ entries, selected, empty, ...rest }: MessageListProps) {
  const newest = entries.at(-1)?.key;
  const { ref, hasUnseen, scrollToEnd } = useStickToBottom(newest, entries, selected);
  usePointedOut(ref, rest.target, selected);
  return (
    <div className="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={ref} className="messages" aria-label="Messages" tabIndex={0}>
        {entries.length === 0 && <p className="empty">{empty}</p>}
        <ol>
          {entries.map((entry) => (
            <li key={entry.key}>
              {entry.kind === 'note' ? (
                <NoteMessage note={entry.note} />
              ) : (
                <Message entry={entry} {...rest} />
              )}
            </li>
          ))}
        </ol>
      </section>
      {hasUnseen && (
        <button type="button" className="new-messages" onClick={scrollToEnd}>
          New messages ↓
        </button>
      )}
    </div>
  );
}

/** What Slack itself tells one person. */
function NoteMessage({ note }: { note: Note }) {
  return (
    <MessageFrame at={note.at} from="Slackbot" onlyVisibleToYou>
      <p>{note.text}</p>
    </MessageFrame>
  );
}

/** Brings the message that a link has led to into view, and the focus to it. */
function usePointedOut(
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
