import type { SandboxState } from '../../api/contract.ts';
import { TabList, TabPanel } from '../parts/tabs.tsx';
import { ChannelHeader } from './channel-header.tsx';
import { DirectMessages } from './direct-messages.tsx';
import { FaultBanners } from './fault-banners.tsx';
import { HomePane } from './home-pane.tsx';
import { placeOfTab, placeTabs, tabOf } from './place-tabs.ts';
import { SecurityChannel } from './security-channel.tsx';
import type { Places } from './use-place.ts';
import type { Slack } from './use-slack.ts';
import { useUnseen } from './use-unseen.ts';
import { ViewDialog } from './view-dialog.tsx';

/** Slack as the person who is chosen under "Acting as" sees it: the security channel, and the bot's own places. */
export function ChannelPane({
  state,
  user,
  slack,
  places,
  shown,
  onUser,
  onShowEmails,
}: {
  state: SandboxState;
  user: string;
  slack: Slack;
  places: Places;
  /** False while another pane lies over this one. */
  shown: boolean;
  onUser(user: string): void;
  onShowEmails(): void;
}) {
  const { place, target } = places;
  const { channel, messages, directMessages } = state.slack;
  const direct = messages.filter((message) => message.channel === directMessages[user]);
  const unseen = useUnseen(user, direct, shown && place === 'messages');
  const list = { state, user, slack, target };
  return (
    <section className="channel" aria-label="Slack">
      <h2 className="visually-hidden">Slack</h2>
      <TabList
        label="Places in Slack"
        tabs={placeTabs(channel.name, unseen)}
        selected={tabOf(place)}
        onSelect={(tab) => places.choose(placeOfTab(tab))}
      />
      <ChannelHeader state={state} user={user} onUser={onUser} />
      <FaultBanners faults={state.faults} onShowEmails={onShowEmails} />
      <SecurityChannel {...list} selected={place === 'security'} />
      <TabPanel id={tabOf('home')} selected={place === 'home'}>
        <HomePane key={user} state={state} user={user} slack={slack} selected={place === 'home'} />
      </TabPanel>
      <DirectMessages key={user} {...list} messages={direct} selected={place === 'messages'} />
      {slack.views.map((view) => (
        <ViewDialog key={view.id} opened={view} slack={slack} state={state} />
      ))}
    </section>
  );
}
