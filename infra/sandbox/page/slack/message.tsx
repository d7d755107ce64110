import type { SandboxState, SlackMessageState } from '../../api/contract.ts';
import { MessageBody } from './message-body.tsx';
import { MessageFrame } from './message-frame.tsx';
import { Thread } from './thread.tsx';
import type { Entry } from './timeline.ts';
import type { Slack } from './use-slack.ts';

export interface MessageProps {
  message: SlackMessageState;
  state: SandboxState;
  user: string;
  slack: Slack;
}

/** A message of the channel with its thread. */
export function Message({
  entry,
  ...rest
}: { entry: Extract<Entry, { kind: 'message' }> } & Omit<MessageProps, 'message'>) {
  const { message, replies } = entry;
  const isBroadcast = message.threadTs !== null && message.threadTs !== message.ts;
  return (
    <MessageFrame at={entry.at} from="Policy Guard" onlyVisibleToYou={message.ephemeralFor !== null}>
      {isBroadcast && <p className="broadcast-from">replied to a thread</p>}
      <MessageBody message={message} {...rest} />
      {replies.length > 0 && <Thread replies={replies} {...rest} />}
    </MessageFrame>
  );
}
