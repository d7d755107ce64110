import { MessageBody, type MessageProps } from './message-body.tsx';
import { MessageFrame } from './message-frame.tsx';
import { Thread } from './thread.tsx';
import { type Entry, isReply } from './timeline.ts';

/** A message of the channel with its thread. */
export function Message({
  entry,
  ...rest
}: { entry: Extract<Entry, { kind: 'message' }> } & Omit<MessageProps, 'message'>) {
  const { message, replies } = entry;
  return (
    <MessageFrame
      at={entry.at}
      from="Policy Guard"
      ts={message.ts}
      pointedOut={rest.target?.ts === message.ts}
      onlyVisibleToYou={message.ephemeralFor !== null}
    >
      {isReply(message) && <p className="broadcast-from">replied to a thread</p>}
      <MessageBody message={message} {...rest} />
      {replies.length > 0 && <Thread replies={replies} {...rest} />}
    </MessageFrame>
  );
}
