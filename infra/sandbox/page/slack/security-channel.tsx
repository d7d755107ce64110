import { TabPanel } from '../parts/tabs.tsx';
import { Announcer } from './announcer.tsx';
import { CommandLine } from './command-line.tsx';
import { MessageList, type MessageListProps } from './message-list.tsx';
import { tabOf } from './place-tabs.ts';
import { buildTimeline } from './timeline.ts';

const NOTHING_YET =
  'Nothing has happened yet. Make a change that grants a restricted action, and the request appears here.';

/** The channel in which the guard asks, with the line for commands. */
export function SecurityChannel(props: Omit<MessageListProps, 'entries' | 'empty'>) {
  const { state, user, slack, selected } = props;
  const { channel, messages } = state.slack;
  const entries = buildTimeline(
    messages.filter((message) => message.channel === channel.id),
    slack.notes,
    user,
  );
  return (
    <>
      <TabPanel id={tabOf('security')} selected={selected}>
        <MessageList {...props} entries={entries} empty={NOTHING_YET} />
        <CommandLine channel={channel.name} onCommand={(line) => slack.command(user, line)} />
      </TabPanel>
      <Announcer kind="Message" entries={entries} />
    </>
  );
}
