import type { SandboxState } from '../../api/contract.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { Empty } from '../parts/empty.tsx';

/** Every attempt, accepted and refused, as the ledger has it: newest first. */
export function AuditTrail({ audit, people }: Pick<SandboxState, 'audit' | 'people'>) {
  if (audit.length === 0) return <Empty>Nothing has been tried yet.</Empty>;
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
  return (
    <ol className="audit">
      {audit.map((entry) => (
        <li key={`${entry.at} ${entry.event} ${entry.detail}`}>
          <div className="audit-head">
            <Badge tone={toneOf(entry.event)}>{entry.event}</Badge>
            {entry.requestId && <code>{entry.requestId}</code>}
            {entry.slackUserId && <span>{nameOf(entry.slackUserId)}</span>}
            <span className="muted">
              <ClockTime at={new Date(entry.at)} />
            </span>
          </div>
          <p>{entry.detail}</p>
        </li>
      ))}
    </ol>
  );
}

function toneOf(event: string): Tone {
  if (/refused|failed|denied/.test(event)) return 'bad';
  return event.endsWith('approved') ? 'ok' : 'plain';
}
