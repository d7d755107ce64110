import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requesterKey } from '../../../workflow/ledger/requester-key.ts';

/** A person reads three messages one after another; with the fourth, a channel gets unreadable. */
const ON_THEIR_OWN = 3;

/** More than Slack posts in a channel in a minute: with these in it, nobody reads a thread message by message. */
const IN_THREAD = 50;

/** As many of a requester's newest requests tell how many there are. */
export const TELLING = IN_THREAD + 1;

/** What one pipeline run does at once; what comes later is another matter, and gets a message of its own. */
const WINDOW_MS = 10 * 60_000;

/** A group that was opened before this is history. ISO 8601, UTC. */
export function groupSince(now: Date): string {
  return new Date(now.getTime() - WINDOW_MS).toISOString();
}

/**
 * Where a request is to stand among those of its requester: `alone`, in one `thread` with many others, or in a `crowd`
 * that the message at the top of the thread counts. Measured from its own making, so that it is the same whenever it is
 * asked about.
 *
 * @param requests of anybody; those that wait count
 */
export function standing(
  request: ApprovalRequest,
  requests: readonly ApprovalRequest[],
): 'alone' | 'thread' | 'crowd' {
  const key = requesterKey(request.change.requester);
  const made = Date.parse(request.createdAt);
  const others = requests.filter(
    ({ id, status, createdAt, change }) =>
      id !== request.id &&
      status === 'pending' &&
      requesterKey(change.requester) === key &&
      Math.abs(Date.parse(createdAt) - made) <= WINDOW_MS,
  );
  if (others.length < ON_THEIR_OWN) return 'alone';
  return others.length < IN_THREAD ? 'thread' : 'crowd';
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
