import type { Severity } from '../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { requesterKey } from '../../workflow/ledger/requester-key.ts';
import { worstSeverity } from './describe-severity.ts';
import { plainLine } from './plain-line.ts';

/** The requests of one requester that stand in one thread, in words. */
export interface GroupView {
  /** Who made the changes, as a person reads it. */
  who: string;
  requesterKey: string;
  total: number;
  /** Whether there may be more than `total`, because no more were read. */
  more: boolean;
  waiting: number;
  /** `38 wait`, `1 approved`; without the states that none is in. */
  states: string[];
  /** The worst that the list gives to any finding of those that wait, or of all once none waits. */
  severity?: Severity;
}

/**
 * @param requests at least one, all by the same requester
 * @param limit how many were asked for; as many as that may not be all
 */
export function describeGroup(requests: readonly ApprovalRequest[], limit: number): GroupView {
  const requester = requests[0]?.change.requester;
  const pending = requests.filter(({ status }) => status === 'pending');
  const shown = pending.length === 0 ? requests : pending;
  const severity = worstSeverity(shown.flatMap(({ inspection }) => inspection.findings));
  return {
    who: plainLine(requester?.label ?? ''),
    requesterKey: requester === undefined ? '' : requesterKey(requester),
    total: requests.length,
    more: requests.length >= limit,
    waiting: pending.length,
    states: [...countBy(requests, stateOf)].map(([state, count]) => `${count} ${state}`),
    ...(severity !== undefined && { severity }),
  };
}

function stateOf({ status, votes, outcome }: ApprovalRequest): string {
  if (status === 'pending') return votes.length === 0 ? 'waiting' : 'waiting for another approval';
  return outcome ?? 'decided and being carried out';
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
