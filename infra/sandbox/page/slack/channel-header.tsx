import type { SandboxState } from '../../api/contract.ts';
import { FaultSwitch } from '../faults/fault-switch.tsx';
import { ActingAs } from './acting-as.tsx';

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
        <FaultSwitch name="slack" faults={state.faults} />
        <FaultSwitch name="slackLookups" faults={state.faults} />
      </div>
    </header>
  );
}
