import type { SandboxState } from '../api/contract.ts';
import { Badge } from './parts/badge.tsx';
import { Countdown } from './parts/countdown.tsx';
import { HelpIcon, PlusIcon, ShieldIcon } from './parts/icons.tsx';

export function TopBar({
  state,
  connected,
  introduced,
  onHelp,
  onMakeChange,
}: {
  state: SandboxState;
  connected: boolean;
  introduced: boolean;
  onHelp(): void;
  onMakeChange(): void;
}) {
  return (
    <header className="top-bar">
      <h1>
        <ShieldIcon /> Policy Guard <span className="wide-only">sandbox</span>
      </h1>
      <span className="wide-only">
        <Waiting state={state} />
      </span>
      <span role="status" className="connection">
        {!connected && <Badge tone="bad">Lost contact with the sandbox; trying again</Badge>}
      </span>
      <button
        type="button"
        className="quiet"
        aria-label="What is this?"
        aria-expanded={!introduced}
        onClick={onHelp}
      >
        <HelpIcon /> <span className="wide-only">What is this?</span>
      </button>
      <button type="button" className="primary" onClick={onMakeChange}>
        <PlusIcon /> Make a change
      </button>
    </header>
  );
}

/** How many requests wait, and how long the first of them still does. */
function Waiting({ state }: { state: SandboxState }) {
  const waiting = state.requests.filter(({ status }) => status === 'pending');
  const first = waiting.map(({ expiresAt }) => expiresAt).sort()[0];
  if (first === undefined) return <Badge tone="ok">Nothing waits</Badge>;
  return (
    <Badge tone="wait">
      {waiting.length} {waiting.length === 1 ? 'request waits' : 'requests wait'}, the first expires in{' '}
      <Countdown until={first} />
    </Badge>
  );
}
