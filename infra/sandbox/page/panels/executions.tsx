import { useId, useState } from 'react';
import type { ExecutionState, SandboxState } from '../../api/contract.ts';
import { Waterfall } from '../course/waterfall.tsx';
import { MachineDrawing } from '../machine/machine-drawing.tsx';
import { Empty } from '../parts/empty.tsx';
import { ExecutionSummary } from './execution-summary.tsx';

/** Executions, newest first; the chosen one is drawn. Until somebody chooses, the newest that is of interest. */
export function Executions({ state, shown: isShown }: { state: SandboxState; shown: boolean }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const name = useId();
  const newestFirst = state.executions.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  const shown =
    newestFirst.find(({ arn }) => arn === chosen) ?? newestFirst.find(isOfInterest) ?? newestFirst[0];
  if (!shown) return <Empty>No change has been reported yet.</Empty>;
  const own = newestFirst.filter(isOwn);
  const choice = (execution: ExecutionState) => (
    <label key={execution.arn}>
      <input
        type="radio"
        name={name}
        checked={execution === shown}
        onChange={() => setChosen(execution.arn)}
      />
      <ExecutionSummary
        execution={execution}
        request={state.requests.find(({ id }) => id === execution.requestId)}
      />
    </label>
  );
  return (
    <>
      <fieldset className="execution-list">
        <legend>Executions, newest first</legend>
        {newestFirst.filter((execution) => !isOwn(execution)).map(choice)}
        {own.length > 0 && (
          <details>
            <summary>The guard’s own writes: {own.length}</summary>
            {own.map(choice)}
          </details>
        )}
      </fieldset>
      {shown.reason && <p className="reason">{shown.reason}</p>}
      <Waterfall key={shown.arn} execution={shown} shown={isShown} />
      <MachineDrawing execution={shown} />
    </>
  );
}

/** The guard's own writes come back as changes too. */
function isOwn({ outcome }: ExecutionState): boolean {
  return outcome === 'own-change';
}

/** What has not been judged yet may be one of the guard's own. */
function isOfInterest(execution: ExecutionState): boolean {
  return !isOwn(execution) && (execution.status !== 'RUNNING' || execution.path.length > 2);
}
