import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type Refuted, refutedOf } from '../../../workflow/ledger/requesters.ts';
import { executionConsoleUrl } from '../../media/wording/console-url.ts';
import { labelsOf } from '../../media/wording/describe-approvals.ts';
import { describeChange } from '../../media/wording/describe-change.ts';
import { enumerate } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import type { DescribedEscalation } from '../escalation/words.ts';

const TAKE_AWAY = 'Take states:StartExecution away from everybody (npm run -s guardrails).';

/** @returns undefined where CloudTrail confirms everybody, or was not asked yet */
export function describeUnconfirmed(request: ApprovalRequest): DescribedEscalation | undefined {
  const refuted = refutedOf(request);
  if (refuted.length === 0) return undefined;
  const { id, change, inspection, executionArn } = request;
  const tellers = [...new Set(refuted.map(({ startedBy }) => startedBy).filter((by) => by !== undefined))];
  return {
    title: 'Policy Guard was told of a change in a false name',
    danger: `${refuted.map(describeOne).join(' ')} ${consequence(request)}`,
    whatToDo: `${ask(tellers.map(plainLine))} ${TAKE_AWAY} “/policy-guard show ${plainLine(id)}” shows the record.`,
    change: describeChange(change, inspection),
    executionArn: plainLine(executionArn),
    executionUrl: executionConsoleUrl(executionArn),
  };
}

/** Who started an execution with what is no event. */
export function describeStarter(startedBy: string, executionArn: string): DescribedEscalation {
  const by = plainLine(startedBy);
  return {
    title: 'Policy Guard was started with what is no event',
    danger: `It was started by ${by}. Nothing was read or changed because of it.`,
    // A name that several executions share makes them one incident.
    failure: 'PolicyGuard.NoEvent: CloudTrail shows who called StartExecution.',
    whatToDo: `${ask([by])} ${TAKE_AWAY}`,
    executionArn: plainLine(executionArn),
    executionUrl: executionConsoleUrl(executionArn),
  };
}

function describeOne({ requester, startedBy }: Refuted): string {
  const by =
    startedBy === undefined
      ? 'CloudTrail does not tell who told it'
      : `it was told by ${plainLine(startedBy)}`;
  return `CloudTrail knows of no such change by ${plainLine(requester.label)}; ${by}.`;
}

const MOST_NAMES = 5;

function consequence(request: ApprovalRequest): string {
  const makers = labelsOf(request);
  const made = makers.length > 0 ? ` It was made by ${enumerate(makers, MOST_NAMES)}.` : '';
  const { status, decision } = request;
  if (decision?.decision === 'unfounded')
    return 'Nobody had changed anything: it is in force as it was before.';
  if (decision?.decision === 'approved') {
    return `It had been approved by then.${made || ' It is in force as it was before.'}`;
  }
  if (status !== 'pending') return `It stays out of force.${made}`;
  if (made !== '') return `The name counts no more.${made}`;
  const before = 'tookOut' in request.containment ? '' : ' It was out of force already when it was told.';
  return `Who made it is not known, so it stays out of force, and two approvers are needed.${before}`;
}

function ask(tellers: readonly string[]): string {
  return tellers.length === 0
    ? 'Look up in CloudTrail who called StartExecution.'
    : `Ask ${enumerate(tellers, MOST_NAMES)} why they started the state machine.`;
}
