import type { SandboxState } from '../../api/contract.ts';
import { ActingAs } from './acting-as.tsx';
import { FaultSwitch } from './fault-switch.tsx';

/** Who acts, and what is out of order. */
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
      <ActingAs people={state.people} user={user} onUser={onUser} />
      <div className="switches">
        <FaultSwitch fault="slack" label="Slack is" up={state.slack.up} />
        <FaultSwitch fault="slackLookups" label="Lookups" up={state.slack.lookups} />
      </div>
    </header>
  );
}
