import type { SandboxState } from '../../api/contract.ts';
import { ActingAs } from './acting-as.tsx';
import { SlackSwitch } from './slack-switch.tsx';

export function ChannelHeader({
  state,
  user,
  onUser,
}: {
  state: SandboxState;
  user: string;
  onUser(user: string): void;
}) {
  return (
    <header className="channel-header">
      <h2 id="channel-name">
        <span aria-hidden="true">#</span> {state.slack.channel.name.replace(/^#/, '')}
      </h2>
      <SlackSwitch up={state.slack.up} />
      <ActingAs people={state.people} user={user} onUser={onUser} />
    </header>
  );
}
