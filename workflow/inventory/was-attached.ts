import type { AttachmentTarget, Change } from '../events/change.ts';
import type { Intent } from '../ledger/intents.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { attachmentHash } from './seen.ts';
import { isSettled } from './stood-before.ts';

/** Reads of IAM lag behind: what is detached may be shown as attached for so long. Milliseconds. */
const LAG = 60_000;

/**
 * Whether the inventory had seen a policy attached before a change attached it once more: to the very same user, group
 * or role, and the very same policy. Nothing that an event tells makes it so: a reading has to have been over by then, and
 * the guard must not have detached it since.
 *
 * @param intents what the guard has begun on the attachment, and not undone
 */
export function wasAttached(
  { accountId, requestId, eventTime, foundAt, target }: Change & { target: AttachmentTarget },
  { id, policyId }: Principal,
  { entry, intents, now }: { entry: InventoryEntry | undefined; intents: readonly Intent[]; now: Date },
): boolean {
  const grant = entry?.grants[targetKey(accountId, target)];
  if (grant?.shownAt === undefined || foundAt !== undefined) return false;
  // What nobody has looked at yet may be the very change that is asked about.
  if (!isSettled(grant) || entry?.id !== id) return false;
  if (grant.sha256 !== attachmentHash(target.policyArn, policyId)) return false;
  // Whoever makes an event up may write any time into it.
  const at = Math.min(Date.parse(eventTime), now.getTime());
  if (at <= Date.parse(grant.shownAt)) return false;
  const shownSince = Date.parse(grant.seenAt) - LAG;
  return !intents.some(
    (intent) => intent.change.requestId !== requestId && Date.parse(intent.at) > shownSince,
  );
}
