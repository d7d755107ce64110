import { sha256 } from '../inspection/packed-document.ts';
import type { Intent } from '../ledger/intents.ts';
import type { PutBacks } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import type { OwnDoing } from './own-doing.ts';
import type { ContainmentTools, QuarantineTask } from './tasks.ts';

/** How often a grant was brought back while its request waits, and the quarantine that the request stands for. */
export interface SeenPutBacks {
  putBacks: PutBacks;
  first: Intent;
}

/**
 * Counts this change among those that brought the same document back into force while its request waits.
 *
 * @returns undefined when no request waits for it, and while the ledger does not tell
 */
export async function countPutBacks(
  { change }: QuarantineTask,
  document: string,
  own: OwnDoing,
  { lookups, now }: Pick<ContainmentTools, 'lookups' | 'now'>,
): Promise<SeenPutBacks | undefined> {
  const hash = sha256(document);
  const [waiting, intents] = await Promise.all([
    lookups.waitingFor(targetKey(change.accountId, change.target), hash),
    own.intents(),
  ]);
  if (waiting === undefined || waiting === change.requestId) return undefined;
  const same = intents.filter((intent) => intent.document.sha256 === hash);
  const first = same.find((intent) => intent.change.requestId === waiting) ?? same.at(-1);
  if (first === undefined) return undefined;
  // CloudTrail tells whole seconds: those of one have no order.
  const later = same.filter(
    (intent) =>
      intent !== first &&
      intent.change.eventTime >= first.change.eventTime &&
      intent.change.requestId !== change.requestId,
  );
  const at = now().getTime();
  const inForce = [...later, { change, at: now().toISOString() }].reduce(
    (sum, each) => sum + Math.max(0, Date.parse(each.at) - Date.parse(each.change.eventTime)),
    0,
  );
  const passed = Math.max(1, at - Date.parse(first.at));
  const shareInForce = Math.min(1, inForce / passed);
  return { first, putBacks: { count: later.length + 1, by: change.requester.label, shareInForce } };
}

/** For people, behind what was done; nothing for the first time. */
export function tellPutBacks(seen: SeenPutBacks | undefined): string {
  if (seen === undefined || seen.putBacks.count < 2) return '';
  const { count, by, shareInForce } = seen.putBacks;
  const share = Math.round(100 * shareInForce);
  return ` It was put back ${count} times while its request waits, this time by ${by}, and was in force for ${share}% of the time: take the right to write policies from whoever does this.`;
}
