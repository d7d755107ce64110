import { ERROR } from '../../../workflow/decisions/error-names.ts';
import type { Change } from '../../../workflow/events/change.ts';
import type { InspectionSummary } from '../../../workflow/inspection/summarise.ts';
import type { Decision } from '../../../workflow/ledger/request.ts';
import type { Contained, Failure } from '../../../workflow/steps/payloads.ts';
import { executionConsoleUrl } from '../../media/wording/console-url.ts';
import { type DescribedChange, describeChange } from '../../media/wording/describe-change.ts';
import { plainLine, shorten } from '../../media/wording/plain-line.ts';

/** What is known when the guard can't finish; a failure before the event was understood knows no change. */
export interface Escalation {
  change?: Change;
  inspection?: InspectionSummary;
  /** True once quarantine has succeeded. */
  quarantined: boolean;
  /** Why the change was left alone, when only its report has failed. */
  leftAlone?: 'observed' | 'exempt';
  /** What was decided, when the ledger could be asked. */
  decision?: Decision;
  /** What has happened to the grant already, when only saying so has failed. */
  ending?: Pick<Contained, 'outcome' | 'detail'>;
  /** The guard goes on trying to take the grant out of force. */
  goesOn?: boolean;
  failure: Failure;
  executionArn: string;
  /** What the account calls itself in IAM, where that is known. */
  accountAlias?: string | undefined;
}

export interface DescribedEscalation {
  title: string;
  /** The state of danger, in one sentence. */
  danger: string;
  /** What went wrong, as the failing step said it; missing where nothing has failed and a person has to look. */
  failure?: string;
  whatToDo: string;
  change?: DescribedChange;
  /** What the account calls itself in IAM, where that is known. */
  accountAlias?: string;
  executionArn: string;
  executionUrl: string;
}

/** A stack trace helps nobody in a message; the execution's page has it in full. */
const LONGEST_FAILURE = 600;

export function describeEscalation(escalation: Escalation): DescribedEscalation & { failure: string } {
  const { failure, executionArn, accountAlias } = escalation;
  const change =
    escalation.change === undefined ? undefined : describeChange(escalation.change, escalation.inspection);
  return {
    ...situation(escalation),
    failure: `${plainLine(failure.Error)}: ${shorten(plainLine(failureMessage(failure)), LONGEST_FAILURE)}`,
    ...(change === undefined ? {} : { change }),
    ...(accountAlias !== undefined && { accountAlias: plainLine(accountAlias) }),
    executionArn: plainLine(executionArn),
    executionUrl: executionConsoleUrl(executionArn),
  };
}

/** The heading of the runbook for failed executions. */
export const RUNBOOK = 'the section “A change ended in failure” of infra/aws/RUNBOOK.md says how';

const ENDED: Readonly<Record<Contained['outcome'], string>> = {
  approved: 'The grant is back in force, as approved.',
  denied: 'The grant is out of force for good, as denied.',
  expired: 'The grant is out of force for good: nobody decided in time.',
  unfounded: 'What an event that is not genuine had taken out of force is in force again.',
  superseded: 'Somebody else had changed the policy meanwhile, so nothing was overwritten.',
  gone: 'What was changed is not there any more.',
  'no-room': 'It was approved, and there is no room to put it back: the approval stands.',
  'own-change': 'Policy Guard has made this change itself, so it was left alone.',
  'aws-managed': 'AWS itself has changed what is its own, so it was left alone.',
};

/** Carrying a decision out takes several steps, so after an approval either may be the case. */
function whatFailed(decision: Decision | undefined): string {
  switch (decision?.decision) {
    case undefined:
      return 'The grant was taken out of force, but what should happen next has failed.';
    case 'approved':
      return 'The grant was approved, but putting it back has failed: it may be in force or not.';
    case 'unfounded':
      return 'Nobody had made the change, but putting back what was taken out of force has failed: it may be in force or not.';
    case 'denied':
    case 'expired':
      return `The grant was taken out of force and is ${decision?.decision}, but making the removal final has failed.`;
  }
}

const LEFT_ALONE: Readonly<Record<NonNullable<Escalation['leftAlone']>, string>> = {
  observed: 'MODE or its entry says to observe only',
  exempt: 'its requester is exempt',
};

function situation({
  quarantined,
  leftAlone,
  decision,
  ending,
  goesOn,
  failure,
}: Escalation): Pick<DescribedEscalation, 'title' | 'danger' | 'whatToDo'> {
  if (failure.Error === ERROR.noEvent) {
    return {
      title: 'Policy Guard was started with what is no event',
      danger: 'Somebody has started it by hand. Nothing was read or changed because of it.',
      whatToDo: `Who did is told as soon as CloudTrail shows it; until then, look there for StartExecution, which names the execution below. Nobody needs states:StartExecution on the guard (npm run -s guardrails).`,
    };
  }
  if (ending !== undefined) {
    return {
      title: 'Policy Guard could not announce how a request ended',
      danger: `${ENDED[ending.outcome]} ${plainLine(ending.detail)}`,
      whatToDo: `Compare the policy with what was decided, and find out why nobody could be told; ${RUNBOOK}.`,
    };
  }
  if (leftAlone !== undefined) {
    return {
      title: 'Policy Guard could not report a change that was left alone',
      danger: `The grant is in force: nothing was touched, because ${LEFT_ALONE[leftAlone]}.`,
      whatToDo: `Look at the change, and find out why it could not be reported; ${RUNBOOK}.`,
    };
  }
  if (quarantined) {
    return {
      title: 'Policy Guard could not finish: a person has to look',
      danger: whatFailed(decision),
      whatToDo: `Find out what is in its way; the guard takes it up again by itself, within minutes at first and then with growing waits; ${RUNBOOK}.`,
    };
  }
  if (goesOn) {
    return {
      title: 'Policy Guard could NOT take a grant out of force',
      danger: 'The grant is probably in force right now. The guard goes on trying.',
      whatToDo: `Look at the policy now, and take it out of force by hand if you can. Whoever may decide may also approve that it stays in force; ${RUNBOOK}.`,
    };
  }
  return {
    title: 'Policy Guard could NOT take a grant out of force',
    danger: 'The grant may still be in force right now.',
    whatToDo: `Look at the policy now and take it out of force by hand; ${RUNBOOK}.`,
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
