import { Message } from './message.tsx';
import type { MessageProps } from './message-body.tsx';
import { NoteMessage } from './note-message.tsx';
import type { Entry } from './timeline.ts';
import { usePointedOut } from './use-pointed-out.ts';
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
