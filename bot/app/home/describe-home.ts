import { SEVERITIES } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requestersOf, slackUsersOf } from '../../../workflow/ledger/requesters.ts';
import { type Decider, type DecisionRules, mayDecide } from '../../approvers/may-decide.ts';
import { type Standing, standingOf } from '../../approvers/standing.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { describeVerdict } from '../../media/wording/describe-verdict.ts';
import { describeLatest } from '../past-requests.ts';

/** What a waiting request is to the one who looks at it. */
export interface DescribedPending {
  request: DescribedRequest;
  /** `voted`: they have approved, and others have to. */
  mine: 'may-decide' | 'own-change' | 'voted';
  /** Address of the message, when it is known. */
  permalink?: string;
}

/** What was read for App Home; a part that could not be read is `unknown`. */
interface HomeReadings {
  decider: Decider;
  pending: readonly ApprovalRequest[] | 'unknown';
  /** Decided and closed ones, in any order. */
  past: readonly ApprovalRequest[] | 'unknown';
  /** How many pending requests were asked for: a full list may not be all. */
  pendingLimit: number;
}

export interface DescribedHome {
  standing: Standing;
  /** For an approver what they may decide or have made, for a member what they have made; the next to expire first. */
  pending: DescribedPending[] | 'unknown';
  /** Whether there may be pending requests that were not read. */
  pendingMore: boolean;
  /** For approvers: newest first. */
  past: DescribedRequest[] | 'unknown';
}

/** Past requests shown. */
const MOST_PAST = 10;

/** What one person sees on App Home. Pure. */
export function describeHome(readings: HomeReadings, rules: DecisionRules): DescribedHome {
  const { decider, pending, past, pendingLimit } = readings;
  const standing = standingOf(decider, rules);
  return {
    standing,
    pending: pending === 'unknown' ? pending : pendingFor(pending, decider, standing, rules),
    pendingMore: pending !== 'unknown' && pending.length >= pendingLimit,
    past: past === 'unknown' ? past : describeLatest(past, MOST_PAST),
  };
}

function pendingFor(
  requests: readonly ApprovalRequest[],
  decider: Decider,
  standing: Standing,
  rules: DecisionRules,
): DescribedPending[] {
  return requests.toSorted(byUrgency).flatMap((request) => {
    const mine = relationTo(request, decider, rules);
    if (mine === undefined || (standing !== 'approver' && mine !== 'own-change')) return [];
    const permalink = request.slack?.permalink;
    return [{ request: describeRequest(request), mine, ...(permalink !== undefined && { permalink }) }];
  });
}

function relationTo(
  request: ApprovalRequest,
  decider: Decider,
  rules: DecisionRules,
): DescribedPending['mine'] | undefined {
  const { profile } = decider;
  if ('unknown' in profile) return undefined;
  if (slackUsersOf(request).includes(profile.id)) return 'own-change';
  if (request.votes.some(({ by }) => by.slackUserId === profile.id)) return 'voted';
  const subject = { decision: 'denied', requesters: requestersOf(request) } as const;
  const verdict = mayDecide({ ...decider, channel: rules.SLACK_CHANNEL }, subject, rules);
  if (verdict.status !== 'refused') return 'may-decide';
  return verdict.code === 'requester' ? 'own-change' : undefined;
}

/** The worst first and, of those that are as bad, what expires first; what has no severity comes last. */
function byUrgency(one: ApprovalRequest, other: ApprovalRequest): number {
  return rank(one) - rank(other) || Date.parse(one.expiresAt) - Date.parse(other.expiresAt);
}

function rank({ inspection }: ApprovalRequest): number {
  const { severity } = describeVerdict(inspection);
  return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}
