import { policyName } from '../../../../bot/media/wording/describe-change.ts';
import { duration } from '../../../../bot/media/wording/phrases.ts';
import type { ExecutionState, RequestState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { OutcomeBadge } from '../parts/outcome-badge.tsx';

/** One execution in a line; with the name of the policy where a request came of it. */
export function ExecutionSummary({
  execution,
  request,
}: {
  execution: ExecutionState;
  request: RequestState | undefined;
}) {
  const { eventName, name, startedAt, stoppedAt, currentState, status, outcome } = execution;
  return (
    <span className="execution-summary">
      <strong>{eventName ?? name}</strong>
      {request && <span>{policyName(request.change.target)}</span>}
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
