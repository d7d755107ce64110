import type { HistoryEvent } from '../aws/states/history.ts';
import type { StepState, TryState } from './contract.ts';

/**
 * The course of an execution, out of its history: each state that was entered, in order, with the tries of its task.
 * Task tokens are masked: whoever holds one decides.
 */
export function courseOf(history: readonly HistoryEvent[]): StepState[] {
  const steps: StepState[] = [];
  for (const event of history) apply(event, steps);
  return steps;
}

interface Details {
  name: string;
  input: string;
  output: string;
  parameters: string;
  error: string;
  cause: string;
}

function apply(event: HistoryEvent, steps: StepState[]): void {
  const at = event.timestamp.toISOString();
  const details = detailsOf(event);
  const step = steps.at(-1);
  const tried = step?.tries.at(-1);
  if (event.type.endsWith('StateEntered')) return void steps.push(entered(event.type, details, at));
  if (step === undefined) return;
  if (event.type.endsWith('StateExited'))
    return void Object.assign(step, { leftAt: at, output: details.output });
  if (event.type === 'TaskScheduled') return void step.tries.push(scheduled(details, at));
  if (tried !== undefined) settle(tried, event.type, details, at);
  if (/^Execution(Failed|Aborted)$/.test(event.type)) step.leftAt ??= at;
}

function settle(tried: TryState, type: string, { output, error, cause }: Details, at: string): void {
  if (type === 'TaskSubmitted') tried.submitted = { at, answer: output };
  else if (type === 'TaskSucceeded') Object.assign(tried, { endedAt: at, answer: output });
  else if (type === 'TaskFailed' || type === 'TaskTimedOut') {
    Object.assign(tried, { endedAt: at, error: { name: error, cause } });
  } else if (type === 'ExecutionAborted') tried.endedAt ??= at;
}

function entered(type: string, { name, input }: Details, at: string): StepState {
  const kind = type.slice(0, -'StateEntered'.length);
  return { name, type: kind, enteredAt: at, leftAt: null, input, output: null, tries: [] };
}

function scheduled({ parameters }: Details, at: string): TryState {
  return {
    startedAt: at,
    endedAt: null,
    given: masked(parameters),
    submitted: null,
    answer: null,
    error: null,
  };
}

function masked(parameters: string): string {
  return JSON.stringify(JSON.parse(parameters), (key, value) => (key === 'taskToken' ? '***' : value));
}

/** AWS names the details after the type of the event; there is one of them. */
function detailsOf(event: HistoryEvent): Details {
  const [, details] = Object.entries(event).find(([key]) => key.endsWith('EventDetails')) ?? [];
  return details as Details;
}
