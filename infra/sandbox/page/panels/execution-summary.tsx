import { policyName as nameOf } from '../../../../bot/media/wording/describe-change.ts';
import { duration } from '../../../../bot/media/wording/phrases.ts';
import type { ExecutionState, RequestState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { OutcomeBadge } from '../parts/outcome-badge.tsx';

/** One execution in a line: the policy that it is about, and the call. */
export function ExecutionSummary({
  execution,
  request,
}: {
  execution: ExecutionState;
  request: RequestState | undefined;
}) {
  const { eventName, name, policyName, startedAt, stoppedAt, currentState, status, outcome } = execution;
  const subject = request === undefined ? policyName : nameOf(request.change.target);
  return (
    <span className="execution-summary">
      <strong>{subject ?? eventName ?? name}</strong>
      {subject && <span>{eventName}</span>}
      <span className="muted">
        <ClockTime at={new Date(startedAt)} />
        {stoppedAt && `, ${duration(Date.parse(stoppedAt) - Date.parse(startedAt))}`}
      </span>
      {status === 'RUNNING' ? (
        <Badge tone="wait">in {currentState}</Badge>
      ) : (
        <Ending status={status} outcome={outcome} />
      )}
    </span>
  );
}

function Ending({ status, outcome }: Pick<ExecutionState, 'status' | 'outcome'>) {
  return outcome ? <OutcomeBadge outcome={outcome} /> : <Badge tone="bad">{status.toLowerCase()}</Badge>;
}
