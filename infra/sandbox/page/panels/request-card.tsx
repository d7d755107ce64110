import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import type { RequestState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { Countdown } from '../parts/countdown.tsx';
import { OutcomeBadge } from '../parts/outcome-badge.tsx';
import { FindingList } from './finding-list.tsx';
import { VoteList } from './vote-list.tsx';

/** One request: what was changed, by whom, and how it stands; in the words that Slack and e-mail use. */
export function RequestCard({ request }: { request: RequestState }) {
  const { change } = request;
  const view = describeRequest({ ...request, outcome: request.outcome ?? undefined });
  return (
    <li className="card">
      <header className="card-header">
        <h3>{view.policy}</h3>
        <Standing request={request} />
      </header>
      <p>{view.title}.</p>
      <FindingList view={view} />
      <dl className="facts">
        <dt>Request</dt>
        <dd>
          <code>{request.id}</code>
        </dd>
        <dt>{change.eventName}</dt>
        <dd>
          <ClockTime at={new Date(change.eventTime)} />,{' '}
          {view.inForce === undefined ? 'not touched' : `in force for ${view.inForce}`}
        </dd>
        <VoteList request={request} />
        {view.outcome && (
          <>
            <dt>Decision</dt>
            <dd>
              {view.outcome.headline}, <ClockTime at={new Date(view.outcome.at.iso)} />
              {view.outcome.reason && <q>{view.outcome.reason}</q>}
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

function Standing({ request }: { request: RequestState }) {
  if (request.outcome) return <OutcomeBadge outcome={request.outcome} />;
  if (request.status !== 'pending') return <Badge tone="info">Being carried out</Badge>;
  return (
    <Badge tone="wait">
      Waiting, expires in <Countdown until={request.expiresAt} />
    </Badge>
  );
}
