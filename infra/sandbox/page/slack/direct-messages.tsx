import type { SlackMessageState } from '../../api/contract.ts';
import { TabPanel } from '../parts/tabs.tsx';
import { Announcer } from './announcer.tsx';
import { MessageList, type MessageListProps } from './message-list.tsx';
import { tabOf } from './place-tabs.ts';
import { buildTimeline } from './timeline.ts';

const NO_MESSAGES =
  'Policy Guard has not written to this person. It does when a change of theirs is quarantined, and when it is decided.';

/** What the bot has written to one person alone. */
export function DirectMessages({
  messages,
  ...props
}: { messages: readonly SlackMessageState[] } & Omit<MessageListProps, 'entries' | 'empty'>) {
  const entries = buildTimeline(messages, [], props.user);
  return (
    <>
      <TabPanel id={tabOf('messages')} selected={props.selected}>
        <MessageList {...props} entries={entries} empty={NO_MESSAGES} />
        <p className="read-only">
          Policy Guard reads nothing here but what is sent with the button of a message. Commands go into #
          {props.state.slack.channel.name}.
        </p>
      </TabPanel>
      <Announcer kind="Direct message" entries={entries} />
    </>
  );
}
