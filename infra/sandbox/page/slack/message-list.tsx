import type { SandboxState } from '../../api/contract.ts';
import { Message } from './message.tsx';
import { NoteMessage } from './note-message.tsx';
import type { Entry } from './timeline.ts';
import type { Slack } from './use-slack.ts';
import { useStickToBottom } from './use-stick-to-bottom.ts';

export function MessageList({
  entries,
  state,
  user,
  slack,
}: {
  entries: readonly Entry[];
  state: SandboxState;
  user: string;
  slack: Slack;
}) {
  const newest = entries.at(-1)?.key;
  const { ref, hasUnseen, scrollToEnd } = useStickToBottom(newest, entries);
  return (
    <div className="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={ref} className="messages" aria-label="Messages" tabIndex={0}>
        {entries.length === 0 && <EmptyChannel />}
        <ol>
          {entries.map((entry) => (
            <li key={entry.key}>
              {entry.kind === 'note' ? (
                <NoteMessage note={entry.note} />
              ) : (
                <Message entry={entry} state={state} user={user} slack={slack} />
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

function EmptyChannel() {
  return (
    <p className="empty">
      Nothing has happened yet. Make a change that grants a restricted action, and the request appears here.
    </p>
  );
}
