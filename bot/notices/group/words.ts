import { SEVERITIES, type Severity } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { isOwn } from '../../media/slack/api/slack-api.ts';
import { describeChange } from '../../media/wording/describe-change.ts';
import { describeVerdict } from '../../media/wording/describe-verdict.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import { type DescribedWaiting, describeWaiting } from './waiting.ts';

/** Many changes by one requester, which are asked about in one thread. All of one group. */
export interface DescribedGroup {
  /** Who made the changes, as a person reads it. */
  who: string;
  /** Their id in Slack, where it is known. */
  slackId?: string;
  waiting: number;
  /** How many of those that wait have no message of their own. */
  crowd: number;
  approved: number;
  denied: number;
  expired: number;
  /** Ended otherwise: superseded, gone, failed. */
  other: number;
  /** What those that wait ask for; missing where none waits. */
  asked?: DescribedWaiting;
  /** The worst of any that waits, and what that comes to: `cleanup could delete data: s3:DeleteBucket`. */
  severity?: Severity;
  worst?: string;
  /** Any request of the group: by it the buttons find the requester. */
  requestId: string;
  /** Whether others may wait, or have ended, beside those that are counted. */
  moreWait: boolean;
  moreEnded: boolean;
}

/**
 * The requests of one requester that stand in one thread, counted.
 *
 * @param requests at least one, all by the same requester
 * @param more whether there may be others beside them
 */
export function describeGroup(
  requests: readonly [ApprovalRequest, ...ApprovalRequest[]],
  more: Pick<DescribedGroup, 'moreWait' | 'moreEnded'> = { moreWait: false, moreEnded: false },
): DescribedGroup {
  const [first] = requests;
  const pending = requests.filter(({ status }) => status === 'pending');
  const worst = worstOf(pending);
  const { requester } = first;
  const asked = describeWaiting(pending);
  const ended = (end: string) => requests.filter((request) => endOf(request) === end).length;
  const [approved, denied, expired] = [ended('approved'), ended('denied'), ended('expired')];
  return {
    who: plainLine(first.change.requester.label),
    ...(requester?.status === 'matched' && { slackId: requester.slackUserId }),
    waiting: pending.length,
    crowd: pending.filter(({ slack }) => slack !== undefined && !isOwn(slack)).length,
    approved,
    denied,
    expired,
    other: requests.length - pending.length - approved - denied - expired,
    ...(asked !== undefined && { asked }),
    ...worst,
    requestId: first.id,
    ...more,
  };
}

function worstOf(pending: readonly ApprovalRequest[]): Pick<DescribedGroup, 'severity' | 'worst'> {
  const rank = (severity?: Severity) =>
    severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  const [first] = pending
    .map(({ change, inspection }) => ({ change, ...describeVerdict(inspection) }))
    .sort((one, other) => rank(one.severity) - rank(other.severity));
  if (first === undefined) return {};
  const { change, words, severity } = first;
  return {
    worst: `${describeChange(change).subject} ${words}`,
    ...(severity !== undefined && { severity }),
  };
}

/** What was decided counts until it has happened, or has ended otherwise. */
function endOf({ status, decision, outcome }: ApprovalRequest): string | undefined {
  return status === 'pending' ? undefined : (outcome ?? decision?.decision);
}
