import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { SlackMessageState } from '../../api/contract.ts';
import { MessageBody, type MessageProps } from './message-body.tsx';
import { MessageFrame } from './message-frame.tsx';

type ThreadProps = { replies: readonly SlackMessageState[] } & Omit<MessageProps, 'message'>;

/** So many replies are all shown. */
const FEW = 3;
/** Of more than that, the latest so many are. */
const LATEST = 2;

/** The replies under a message: the latest of a long thread, until somebody opens it. */
export function Thread({ replies, ...rest }: ThreadProps) {
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState(true);
  const [whole, setWhole] = useState(false);
  const earlier = whole || replies.length <= FEW ? 0 : replies.length - LATEST;
  const place = replies.findIndex(({ ts }) => ts === rest.target?.ts);
  if (place !== -1 && !open) setOpen(true);
  if (place !== -1 && place < earlier) setWhole(true);
  const showAll = () => {
    flushSync(() => setWhole(true));
    // The button that had the focus is gone.
    list.current?.querySelector('article')?.focus();
  };
  return (
    <details className="thread" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</summary>
      {earlier > 0 && (
        <button type="button" className="quiet small" onClick={showAll}>
          Show {earlier} earlier replies
        </button>
      )}
      <ol ref={list}>
        {replies.slice(earlier).map((reply) => (
          <Reply key={reply.ts} message={reply} {...rest} />
        ))}
      </ol>
    </details>
  );
}

function Reply(props: MessageProps) {
  const { message, target } = props;
  return (
    <li>
      <MessageFrame
        at={Number(message.ts)}
        from="Policy Guard"
        ts={message.ts}
        pointedOut={target?.ts === message.ts}
        onlyVisibleToYou={message.ephemeralFor !== null}
      >
        <MessageBody {...props} />
      </MessageFrame>
    </li>
  );
}
