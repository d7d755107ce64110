import type { SlackMessageState } from '../../api/contract.ts';
import type { MessageProps } from './message.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageFrame } from './message-frame.tsx';

/** The replies under a message. */
export function Thread({
  replies,
  ...rest
}: { replies: readonly SlackMessageState[] } & Omit<MessageProps, 'message'>) {
  return (
    <details className="thread" open>
      <summary>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</summary>
      <ol>
        {replies.map((reply) => (
          <li key={reply.ts}>
            <MessageFrame
              at={Number(reply.ts)}
              from="Policy Guard"
              onlyVisibleToYou={reply.ephemeralFor !== null}
            >
              <MessageBody message={reply} {...rest} />
            </MessageFrame>
          </li>
        ))}
      </ol>
    </details>
  );
}
