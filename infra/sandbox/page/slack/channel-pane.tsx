import type { SandboxState } from '../../api/contract.ts';
import { Announcer } from './announcer.tsx';
import { ChannelHeader } from './channel-header.tsx';
import { CommandLine } from './command-line.tsx';
import { MessageList } from './message-list.tsx';
import { SlackDownBanner } from './slack-down-banner.tsx';
import { buildTimeline } from './timeline.ts';
import { useSlack } from './use-slack.ts';
import { ViewDialog } from './view-dialog.tsx';

/** The security channel, as the person who is chosen under "Acting as" sees it. */
export function ChannelPane({
  state,
  user,
  onUser,
  onShowEmails,
}: {
  state: SandboxState;
  user: string;
  onUser(user: string): void;
  onShowEmails(): void;
}) {
  const slack = useSlack();
  const { channel, messages, up } = state.slack;
  const entries = buildTimeline(
    messages.filter((message) => message.channel === channel.id),
    slack.notes,
    user,
  );
  return (
    <section className="channel" aria-labelledby="channel-name">
      <ChannelHeader state={state} user={user} onUser={onUser} />
      {!up && <SlackDownBanner onShowEmails={onShowEmails} />}
      <MessageList entries={entries} state={state} user={user} slack={slack} />
      <CommandLine channel={channel.name} onCommand={(line) => slack.command(user, line)} />
      <Announcer entries={entries} />
      {slack.view && <ViewDialog key={slack.view.id} opened={slack.view} slack={slack} state={state} />}
    </section>
  );
}
