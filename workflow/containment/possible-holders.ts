import type { Change, Target } from '../events/change.ts';
import { changeOf } from '../events/of-holder.ts';
import { sha256 } from '../inspection/packed-document.ts';
import { heldBefore } from '../inventory/held-before.ts';
import { attachmentHash } from '../inventory/seen.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { type NamedHolder, nameOf } from './follow-rename.ts';
import { orMissing } from './or-missing.ts';
import type { ContainmentTools } from './tasks.ts';

/** A user or group that a change may have been made of. */
export interface PossibleHolder extends NamedHolder {
  /**
   * Whether it held this very grant before: the inventory has seen it there, or it was approved for it. `unknown`: the
   * ledger did not tell.
   */
  before: 'held' | 'new' | 'unknown';
}

/** What is known of a change whose holder is looked for. */
interface Known {
  change: Change;
  document?: string | undefined;
  /** Who had the name after the change, as it was read before anything was done. */
  principal?: Principal | undefined;
}

interface Possible {
  /** What is most probable first; those who are there no more are left out. */
  holders: PossibleHolder[];
  /** IAM did not tell where one of them is: to be thrown once the others are seen to. */
  failure?: { error: unknown };
}

type Renamable = Exclude<Target, { type: 'managed-policy' }>;

/**
 * Whom a change of a user or group may have been made of. Its event names them by a name alone, which somebody else may
 * have by now: so these are, by unique id, who is said to have given the name up since, whom the inventory has seen under
 * it, who had it when it was first read, and who has it now. Events of new names are hints, and add to them only; who of
 * them held the same before, the inventory and the approvals tell.
 *
 * @returns undefined where a name tells it: whoever has it now has had it all along, or nobody is known to have had it
 */
export async function possibleHolders(known: Known, tools: ContainmentTools): Promise<Possible | undefined> {
  const { change } = known;
  const { target, holder } = change;
  if (target.type === 'managed-policy' || target.entity === 'role') return undefined;
  if (holder !== undefined) return findOne(holder.id, known, target, tools);
  const { lookups } = tools;
  const { principal } = known;
  const [here, named, former, seen] = await Promise.all([
    readHere(known, target, tools),
    lookups.inventoryNamed(target),
    lookups.formerHolder(change),
    principal && lookups.inventoryOfIds(target.entity, [principal.id]),
  ]);
  const ids = [...new Set([former, named?.entry?.id, principal?.id, here])].filter((id) => id !== undefined);
  if (here !== undefined && named !== undefined && ids.every((id) => id === here)) {
    // Where Inspect has told nothing, what turns out to be approved is put back at once.
    if (named.entry !== undefined || principal === undefined) return undefined;
    // One whom no sweep has seen, under whatever name, held nothing before.
    if (here === principal.id && seen?.length === 0) return undefined;
  }
  const found = await findThem(ids, here, known, target, tools, named);
  return found.holders.length === 0 && found.failure === undefined ? undefined : found;
}

/** The unique id of who has the name now; where IAM does not tell, of who had it when that was read before. */
async function readHere(
  { change: { requestId }, principal }: Known,
  { entity, entityName }: Renamable,
  { iam, limits, log }: ContainmentTools,
): Promise<string | undefined> {
  const why = 'Nothing told who has the name now; going on with who had it before.';
  const read = await bestEffort(log.warn, why, { requestId }, async () => ({
    holder: await inTime(orMissing(iam.getHolder(entity, entityName)), limits.readMs),
  }));
  return read === undefined ? principal?.id : read.holder?.id;
}

/**
 * It was in doubt before, and found out. What was taken from it by now it may have held: the ledger tells whoever decides.
 *
 * @throws what IAM throws
 */
async function findOne(
  id: string,
  known: Known,
  target: Renamable,
  tools: ContainmentTools,
): Promise<Possible> {
  const name = await nameOf(target, id, tools.iam);
  if (name === undefined) return { holders: [] };
  const holder = { id, name };
  if (await isBegun(changeOf(known.change, holder), tools.lookups)) {
    return { holders: [{ ...holder, before: 'unknown' }] };
  }
  const what = await readWhatTheyHeld([id], known, target, tools, undefined);
  return { holders: [{ ...holder, before: await judge(holder, known, what, tools) }] };
}

/** Whether the guard has begun to take it out of force. */
export async function isBegun(
  { accountId, target, requestId }: Change,
  lookups: ContainmentTools['lookups'],
): Promise<boolean> {
  const intents = await lookups.intents(targetKey(accountId, target));
  return intents?.some((intent) => intent.change.requestId === requestId) ?? false;
}

/** @param named what the inventory knows under the name that the event tells; undefined where the ledger is silent */
async function findThem(
  ids: readonly string[],
  here: string | undefined,
  known: Known,
  target: Renamable,
  tools: ContainmentTools,
  named: { entry?: InventoryEntry } | undefined,
): Promise<Possible> {
  const [names, what] = await Promise.all([
    Promise.allSettled(
      ids.map(async (id) => (id === here ? target.entityName : tools.iam.findName(target.entity, id))),
    ),
    named && readWhatTheyHeld(ids, known, target, tools, named.entry),
  ]);
  const holders = await Promise.all(
    ids.map(async (id, index): Promise<PossibleHolder[]> => {
      const read = names[index];
      if (read?.status !== 'fulfilled' || read.value === undefined) return [];
      const holder = { id, name: read.value };
      return [
        { ...holder, before: what === undefined ? 'unknown' : await judge(holder, known, what, tools) },
      ];
    }),
  );
  const failed = names.find((read) => read.status === 'rejected');
  return { holders: holders.flat(), ...(failed && { failure: { error: failed.reason } }) };
}

interface WhatTheyHeld {
  /** What the inventory knows of one under each of its names; undefined where it did not tell. */
  entriesOf(id: string): InventoryEntry[] | undefined;
  /** Of the grant in question. */
  hash: string | undefined;
}

async function readWhatTheyHeld(
  ids: readonly string[],
  known: Known,
  { entity }: Renamable,
  tools: ContainmentTools,
  named: InventoryEntry | undefined,
): Promise<WhatTheyHeld> {
  const [entries, hash] = await Promise.all([
    tools.lookups.inventoryOfIds(entity, ids),
    grantHash(known, tools),
  ]);
  const entriesOf = (id: string) => entries?.filter((entry) => entry.id === id);
  return { entriesOf: (id) => entriesOf(id) ?? (named?.id === id ? [named] : undefined), hash };
}

async function judge(
  holder: NamedHolder,
  known: Known,
  { entriesOf, hash }: WhatTheyHeld,
  tools: ContainmentTools,
): Promise<PossibleHolder['before']> {
  const entries = entriesOf(holder.id);
  if (await hasHeldIt(holder, known, entries ?? [], hash, tools)) return 'held';
  return entries === undefined || hash === undefined ? 'unknown' : 'new';
}

/** A grant as the inventory keeps it. @returns undefined where its document or policy is not known */
export async function grantHash(
  { change: { target }, document, principal }: Known,
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<string | undefined> {
  if (target.type !== 'attachment') return document === undefined ? undefined : sha256(document);
  const id = principal?.policyId ?? (await orMissing(iam.getPolicy(target.policyArn)))?.id;
  return id === undefined ? undefined : attachmentHash(target.policyArn, id);
}

/** @param seen what the inventory knows of it under each of its names */
async function hasHeldIt(
  { id, name }: NamedHolder,
  { change, document }: Known,
  seen: readonly InventoryEntry[],
  hash: string | undefined,
  { lookups }: ContainmentTools,
): Promise<boolean> {
  const { accountId, target } = change;
  if (hash !== undefined && heldBefore(seen, name, change, hash)) return true;
  if (document === undefined || target.type === 'managed-policy') return false;
  const names = [name, ...seen.map((entry) => entry.name)];
  const keys = new Set(names.map((entityName) => targetKey(accountId, { ...target, entityName })));
  const approvals = await Promise.all([...keys].map((key) => lookups.approvalOf(key, sha256(document))));
  return approvals.some((approval) => approval?.principal?.id === id && approval.carriedOut);
}
