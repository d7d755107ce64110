import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';

/** A person reads three messages one after another; with the fourth, a channel gets unreadable. */
const ON_THEIR_OWN = 3;

/** What one pipeline run does at once; what comes later is another matter, and gets a message of its own. */
const WINDOW_MS = 10 * 60_000;

/** A group that was opened before this is history. ISO 8601, UTC. */
export function groupSince(now: Date): string {
  return new Date(now.getTime() - WINDOW_MS).toISOString();
}

/**
 * Whether a request is one of so many of its requester that they stand in one thread. Measured from its own making,
 * so that it is the same whenever it is asked about.
 *
 * @param pending requests that wait, of anybody
 */
export function isOneOfMany(request: ApprovalRequest, pending: readonly ApprovalRequest[]): boolean {
  const key = requesterKey(request.change.requester);
  const made = Date.parse(request.createdAt);
  const others = pending.filter(
    ({ id, createdAt, change }) =>
      id !== request.id &&
      requesterKey(change.requester) === key &&
      Math.abs(Date.parse(createdAt) - made) <= WINDOW_MS,
  );
  return others.length >= ON_THEIR_OWN;
}

/**
 * Whether this request reminds people on behalf of its whole group: the oldest that waits does, so that one nudge is
 * one message however many wait. When it is decided, the next oldest takes over.
 *
 * @param members the requests of its group; without the oldest ones where there are more than were read
 */
export function remindsForGroup(request: ApprovalRequest, members: readonly ApprovalRequest[]): boolean {
  const [oldest] = members.filter(({ status }) => status === 'pending').sort(byAge);
  return oldest === undefined || oldest.id === request.id;
}

/** By id, where two were made at the same moment. */
function byAge(one: ApprovalRequest, other: ApprovalRequest): number {
  return one.createdAt.localeCompare(other.createdAt) || one.id.localeCompare(other.id);
}
