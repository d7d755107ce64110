import { randomUUID } from 'node:crypto';
import * as z from '../runtime/zod.ts';
import { unchanged } from './approve.ts';
import { keepUnconfirmed } from './confirmations.ts';
import { CorruptLedgerItemError, LedgerContentionError, UnknownRequestError } from './errors.ts';
import type { AlsoNamed, ApprovalRequest } from './request.ts';
import { approvalsNeededFor, requestersOf, slackUsersOf, withName } from './requesters.ts';
import type { Store } from './store.ts';
import { readStored, type StoredRequest } from './stored-request.ts';
import { requesterNameKey, requestKey } from './table.ts';

/** Names of requesters: since when somebody has one, and what is known of who made a change, when there is more than one name for it. */
export interface NamingLedger {
  /**
   * Another event about the change of a request that waits names this requester: they are excluded from then on, and
   * an approval of theirs counts no more. Of more names than are kept, nobody's does. Safe to repeat; what is found out
   * of them in Slack later is told again.
   *
   * @param required how many approvers a request needs whose requesters are all known
   * @returns `known` when the request itself names them, `ended` when it does not wait any more
   * @throws UnknownRequestError, LedgerContentionError
   */
  nameRequester(id: string, named: AlsoNamed, required: number): Promise<'named' | 'known' | 'ended'>;
  /**
   * When a user was first seen under a name, which IAM does not tell: a user that is renamed keeps its id. Now, where it
   * never was. ISO 8601, UTC.
   */
  seenSince(userId: string, userName: string, now: string): Promise<string>;
}

export function namingOver(store: Store): NamingLedger {
  return {
    nameRequester: (id, named, required) => nameRequester(store, id, named, required),
    seenSince: (userId, userName, now) => seenSince(store, userId, userName, now),
  };
}

const seenSchema = z.object({ at: z.iso.datetime() });

async function seenSince(store: Store, userId: string, userName: string, now: string): Promise<string> {
  const key = requesterNameKey(userId, userName);
  if (await store.put({ ...key, at: now }, { expression: 'attribute_not_exists(#pk)' })) return now;
  const seen = seenSchema.safeParse(await store.get(key));
  if (!seen.success) throw new CorruptLedgerItemError(key.pk, key.sk, seen.error);
  return seen.data.at;
}

/**
 * One item holds 400 KB, and whoever may start executions gives as many names as they like. More than a few makers of
 * one change are nobody's but theirs.
 */
const MOST_NAMES = 20;

/** Each further round means that somebody approved, or that another name was found, in between. */
const ROUNDS = 30;

async function nameRequester(
  store: Store,
  id: string,
  named: AlsoNamed,
  required: number,
): Promise<'named' | 'known' | 'ended'> {
  for (let round = 0; round < ROUNDS; round++) {
    const found = await readStored(store, id);
    if (found === undefined) throw new UnknownRequestError(id);
    if (found.request.status !== 'pending') return 'ended';
    const alsoNamed = withName(found.request, named);
    if (alsoNamed === undefined) return 'known';
    if (alsoNamed.length > MOST_NAMES) {
      if (await closeToApprovals(store, found, named)) return 'named';
      continue;
    }
    if (!(await write(store, found, { ...found.request, alsoNamed }, required))) continue;
    await keepUnconfirmed(store, id, named);
    return 'named';
  }
  throw new LedgerContentionError(id);
}

/** No exclusion is dropped: where one more does not fit, everybody is. @returns as `write` */
async function closeToApprovals(
  store: Store,
  found: StoredRequest,
  { executionArn }: AlsoNamed,
): Promise<boolean> {
  const { id, overnamedBy } = found.request;
  if (overnamedBy !== undefined) return true;
  const set = { overnamedBy: executionArn, identifiedId: randomUUID() };
  return (await store.update(requestKey(id), set, unchanged(found))) !== undefined;
}

/** @returns false when the request is not any more what was read */
async function write(
  store: Store,
  found: StoredRequest,
  request: ApprovalRequest,
  required: number,
): Promise<boolean> {
  const makers = slackUsersOf(request);
  const kept = request.votes.flatMap((vote, index) =>
    vote.breakGlass || !makers.includes(vote.by.slackUserId ?? '') ? [index] : [],
  );
  const voteIds = kept.map((index) => found.voteIds[index]);
  const set = {
    alsoNamed: request.alsoNamed,
    approvalsNeeded: approvalsNeededFor(
      requestersOf(request).map(({ match }) => match),
      required,
    ),
    votes: kept.map((index) => request.votes[index]),
    identifiedId: randomUUID(),
    ...(voteIds.length > 0 && { voteIds }),
  };
  const remove = voteIds.length === 0 ? ['voteIds'] : [];
  return (await store.update(requestKey(request.id), set, unchanged(found), remove)) !== undefined;
}
