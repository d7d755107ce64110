import { sha256 } from '../inspection/packed-document.ts';
import type { Intent } from '../ledger/intents.ts';
import type { PutBacks } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import type { OwnDoing } from './own-doing.ts';
import type { ContainmentTools, QuarantineTask } from './tasks.ts';

/** How often a grant was brought back while its request waits, and the quarantine that the request stands for. */
export interface SeenPutBacks {
  putBacks: PutBacks;
  first: Pick<Intent, 'change' | 'at'>;
  /** The changes of all quarantines of the same document, in no order: events come in any. */
  changes: readonly Intent['change'][];
}

/**
 * Counts those that were seen to have brought the same document back into force while its request waits. What an event
 * only tells is no put-back: anybody can write one, in anybody's name.
 *
 * @param tookOut whether this change has been seen to
 * @returns undefined when no request waits for it, and while the ledger does not tell
 */
export async function countPutBacks(
  { change }: QuarantineTask,
  document: string,
  own: OwnDoing,
  tookOut: boolean,
  { lookups, now }: Pick<ContainmentTools, 'lookups' | 'now'>,
): Promise<SeenPutBacks | undefined> {
  const hash = sha256(document);
  const [waiting, intents] = await Promise.all([
    lookups.waitingFor(targetKey(change.accountId, change.target), hash),
    own.intents(),
  ]);
  if (waiting === undefined || waiting === change.requestId) return undefined;
  const same = intents.filter((intent) => intent.document.sha256 === hash);
  const first =
    same.find((intent) => intent.change.requestId === waiting) ?? (await asRecorded(waiting, lookups));
  if (first === undefined) return undefined;
  // CloudTrail tells whole seconds: those of one have no order.
  const earlier = same.filter(
    (intent) =>
      intent.change.requestId !== waiting &&
      intent.tookOut &&
      intent.change.eventTime >= first.change.eventTime &&
      intent.change.requestId !== change.requestId,
  );
  const at = now().toISOString();
  const all = tookOut ? [...earlier, { change, at }] : earlier;
  const passed = Math.max(1, Date.parse(at) - Date.parse(first.at));
  const shareInForce = Math.min(1, timeInForce(all) / passed);
  const changes = [first, ...same].map((each) => each.change);
  return { first, changes, putBacks: { count: all.length, by: change.requester.label, shareInForce } };
}

/** A loop may have pushed what was begun first out of what the ledger tells of it. */
async function asRecorded(
  requestId: string,
  lookups: Pick<ContainmentTools['lookups'], 'recorded'>,
): Promise<SeenPutBacks['first'] | undefined> {
  const request = await lookups.recorded(requestId);
  return request && { change: request.change, at: request.quarantinedAt ?? request.createdAt };
}

/** Each was in force until the next time that anything was taken out, for whichever of them. Milliseconds. */
function timeInForce(putBacks: readonly { at: string; change: { eventTime: string } }[]): number {
  const ends = putBacks.map(({ at }) => Date.parse(at)).toSorted((one, other) => one - other);
  const starts = putBacks.map(({ change }) => Date.parse(change.eventTime));
  let counted = 0;
  let sum = 0;
  for (const start of starts.toSorted((one, other) => one - other)) {
    const end = ends.find((each) => each > start) ?? start;
    sum += Math.max(0, end - Math.max(start, counted));
    counted = Math.max(counted, end);
  }
  return sum;
}

/** For people, behind what was done; nothing for the first time. */
export function tellPutBacks(seen: SeenPutBacks | undefined): string {
  if (seen === undefined || seen.putBacks.count < 2) return '';
  const { count, by, shareInForce } = seen.putBacks;
  const share = Math.round(100 * shareInForce);
  return ` It was put back ${count} times while its request waits, this time by ${by}, and was in force for ${share}% of the time: take the right to write policies from whoever does this.`;
}
