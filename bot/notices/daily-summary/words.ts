import type { Exemption } from '../../../workflow/events/exemptions/exemption.ts';
import type { ApprovalRequest, Outcome } from '../../../workflow/ledger/request.ts';
import { describeChange } from '../../media/wording/describe-change.ts';
import { type Moment, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/** What one exemption has let through. */
export interface DescribedExemption {
  /** ARN pattern, as configured. */
  pattern: string;
  reason: string;
  /** `2026-12-31`. */
  until: string;
  /** `today`, `in 3 days`; missing while it is further away than a week. */
  endsSoon?: string;
  count: number;
  /** What was done and granted, newest first; the same thing several times is one line that says how often. */
  grants: string[];
}

export interface DescribedSummary {
  from: Moment;
  to: Moment;
  count: number;
  /** Whether there may be more, because no more were read. */
  more: boolean;
  /** The most used first. */
  exemptions: DescribedExemption[];
  /** `3 approved`, `1 denied`, `12 exempt`: what ended in this time. */
  outcomes: string[];
}

const DAY_MS = 86_400_000;
/** Time enough to prolong an exemption, or to do without. */
const SOON_DAYS = 7;

/**
 * What exempt requesters have changed in the 24 h before `to`. Pure.
 *
 * @param closed the newest requests that have ended
 * @param limit how many were asked for; as many as that may not be all
 * @returns undefined when there was nothing
 */
export function describeSummary(
  closed: readonly ApprovalRequest[],
  to: Date,
  limit: number,
): DescribedSummary | undefined {
  const from = new Date(to.getTime() - DAY_MS);
  const within = (iso: string) => Date.parse(iso) > from.getTime() && Date.parse(iso) <= to.getTime();
  const exempt = closed.filter(({ outcome, createdAt }) => outcome === 'exempt' && within(createdAt));
  if (exempt.length === 0) return undefined;
  const byExemption = Map.groupBy(exempt, ({ exemption }) => JSON.stringify(exemption));
  return {
    from: moment(from.toISOString()),
    to: moment(to.toISOString()),
    count: exempt.length,
    more: closed.length >= limit && closed.every(({ createdAt }) => within(createdAt)),
    exemptions: [...byExemption.values()]
      .map((requests) => describeExemption(requests, to))
      .toSorted((one, other) => other.count - one.count),
    outcomes: countOutcomes(closed.filter(({ closedAt, createdAt }) => within(closedAt ?? createdAt))),
  };
}

/** Should the ledger hold a change without its exemption, that is what the summary has to say. */
const UNKNOWN: Exemption = { pattern: 'unknown', until: 'unknown', reason: 'the ledger does not say why' };

function describeExemption(requests: readonly ApprovalRequest[], now: Date): DescribedExemption {
  const { pattern, reason, until } = requests[0]?.exemption ?? UNKNOWN;
  const endsSoon = soon(until, now);
  const titles = Map.groupBy(requests, ({ change, inspection }) => describeChange(change, inspection).title);
  return {
    pattern: plainLine(pattern),
    reason: plainLine(reason),
    until: plainLine(until),
    ...(endsSoon !== undefined && { endsSoon }),
    count: requests.length,
    grants: [...titles].map(([title, { length }]) => (length === 1 ? title : `${title} (${length} times)`)),
  };
}

/** @param until the last day, UTC */
function soon(until: string, now: Date): string | undefined {
  const today = Date.parse(now.toISOString().slice(0, 10));
  const days = Math.round((Date.parse(until) - today) / DAY_MS);
  if (Number.isNaN(days) || days > SOON_DAYS) return undefined;
  if (days <= 0) return days === 0 ? 'today' : 'already';
  return days === 1 ? 'tomorrow' : `in ${days} days`;
}

function countOutcomes(closed: readonly ApprovalRequest[]): string[] {
  const byOutcome = Map.groupBy(closed, ({ outcome }): Outcome => outcome ?? 'failed');
  return [...byOutcome].map(([outcome, { length }]) => `${length} ${outcome}`);
}
