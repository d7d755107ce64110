import type { Change } from '../../workflow/events/change.ts';
import type { InspectionSummary } from '../../workflow/ledger/request.ts';
import type { Failure } from '../../workflow/steps/payloads.ts';
import { executionConsoleUrl } from './console-url.ts';
import type { ChangeView } from './describe-change.ts';
import { describeChange } from './describe-change.ts';
import { plainLine, shorten } from './plain-line.ts';

/** What is known when the guard can't finish; a failure before the event was understood knows no change. */
export interface Escalation {
  change?: Change;
  inspection?: InspectionSummary;
  /** True once quarantine has succeeded. */
  quarantined: boolean;
  failure: Failure;
  executionArn: string;
}

export interface EscalationView {
  title: string;
  /** The state of danger, in one sentence. */
  danger: string;
  /** What went wrong, as the failing step said it. */
  failure: string;
  whatToDo: string;
  change?: ChangeView;
  executionArn: string;
  executionUrl: string;
}

/** A stack trace helps nobody in a message; the execution's page has it in full. */
const LONGEST_FAILURE = 600;

export function describeEscalation(escalation: Escalation): EscalationView {
  const { quarantined, failure, executionArn } = escalation;
  const change =
    escalation.change === undefined ? undefined : describeChange(escalation.change, escalation.inspection);
  return {
    title: quarantined
      ? 'Policy Guard could not finish: a person has to look'
      : 'Policy Guard could NOT take a grant out of force',
    danger: quarantined
      ? 'The grant was taken out of force, but what should happen next has failed.'
      : 'The grant may still be in force right now.',
    failure: `${plainLine(failure.Error)}: ${shorten(plainLine(failureMessage(failure)), LONGEST_FAILURE)}`,
    whatToDo: quarantined
      ? 'Look at the policy and the execution, then put it back or delete it by hand; the runbook in the README says how.'
      : 'Look at the policy now and take it out of force by hand; the runbook in the README says how.',
    ...(change === undefined ? {} : { change }),
    executionArn: plainLine(executionArn),
    executionUrl: executionConsoleUrl(executionArn),
  };
}

/** Lambda reports an error as JSON with `errorMessage`; Step Functions' own errors are text. */
function failureMessage({ Cause }: Failure): string {
  try {
    const cause: unknown = JSON.parse(Cause);
    if (typeof cause === 'object' && cause !== null && 'errorMessage' in cause)
      return String(cause.errorMessage);
  } catch {
    // Text is what most causes are; it is shown as it is.
  }
  return Cause;
}
