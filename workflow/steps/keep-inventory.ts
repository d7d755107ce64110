import { isDeepStrictEqual } from 'node:util';
import type { Holder, IamReader } from '../account/iam/iam.ts';
import { readTargetDocument } from '../containment/contain.ts';
import { orMissing } from '../containment/or-missing.ts';
import { lookUntil, type Pause } from '../containment/settle.ts';
import type { Target } from '../events/change.ts';
import { parseRecord, recordIn } from '../events/cloudtrail-record.ts';
import { readEnding } from '../events/read-ending.ts';
import { readEvent } from '../events/read-event.ts';
import type { Ended } from '../events/watched-calls.ts';
import type { Evaluation } from '../inspection/must-quarantine.ts';
import { sha256, unpack } from '../inspection/packed-document.ts';
import { compareOne } from '../inventory/compare.ts';
import { isLetBe } from '../inventory/is-stock.ts';
import { knownAs } from '../inventory/known-as.ts';
import { attachmentHash, type Seen, type SeenGrant, seenGrant } from '../inventory/seen.ts';
import { entryOf } from '../inventory/stood-before.ts';
import { canBeRenamed, type Grant, type Inventory, type InventoryEntry } from '../ledger/inventory.ts';
import { targetKey } from '../ledger/target-key.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import type { Log } from '../runtime/logger.ts';
import { secondOf } from '../runtime/second-of.ts';
import type { Judgement } from './payloads.ts';

export interface InventoryTools {
  ledger: Pick<
    Inventory,
    'readSweepState' | 'readInventory' | 'listInventoryOf' | 'putInventory' | 'removeInventory'
  >;
  iam: IamReader;
  /** What a document that is in force means, by the list and the mode of today. */
  evaluate(document: string): Evaluation;
  /** The account that is guarded. */
  accountId: string;
  pause: Pause;
  now(): Date;
  log: Log;
}

type Reads = Pick<InventoryTools, 'iam' | 'accountId'>;

/** Where to look, and what an event lets expect there: IAM's reads lag behind. */
interface Place {
  at: Ended;
  /** The document; nothing: that nothing is there. */
  expected?: { document?: string };
  /** The document that the event, or what it was judged by, tells of. */
  written?: string | undefined;
  /** What is restricted there is known to the ledger. */
  isKnown: boolean;
  /** When the event says that it happened. ISO 8601, UTC. */
  eventTime: string;
}

/** Nothing waits for it but the end of an execution that does nothing more. Milliseconds. */
const TIMEOUT_MS = 20_000;

/**
 * Brings the inventory up to date after a change that is left in force, and after what ended one. An event only says
 * where to look: whoever starts an execution may write into it what they like, so what is kept is what IAM shows.
 * Never throws; what is missed, the next sweep sees.
 */
export async function keepInventory(
  event: unknown,
  judgement: Judgement,
  tools: InventoryTools,
): Promise<void> {
  const place = placeOf(event, judgement);
  if (place === undefined) return;
  const message = 'The inventory was not brought up to date; the next sweep does so.';
  await bestEffort(tools.log.warn, message, { at: place.at }, () =>
    inTime(keep(place, tools, TRIES), TIMEOUT_MS),
  );
}

function placeOf(event: unknown, { verdict, change, document }: Judgement): Place | undefined {
  const isKnown = verdict === 'allowed' || verdict === 'own-change';
  if (change === undefined) {
    const at = isKnown ? readEnding(event) : undefined;
    return at && { at, expected: {}, isKnown: false, eventTime: parseRecord(recordIn(event)).eventTime };
  }
  const isLeft = isKnown || verdict === 'observed' || verdict === 'exempt' || verdict === 'aws-managed';
  if (!isLeft) return undefined;
  const { target, eventTime } = change;
  const judged = document && unpack(document);
  return {
    ...{ at: target, isKnown, eventTime, written: judged ?? writtenBy(event) },
    ...(judged !== undefined && { expected: { document: judged } }),
  };
}

/** The document of a change that was known without being judged. */
function writtenBy(event: unknown): string | undefined {
  const reading = readEvent(recordIn(event));
  if (reading.type !== 'change') return undefined;
  const { document } = reading.parsed;
  return 'text' in document ? document.text : undefined;
}

/** Another event, or a sweep, may write the entry meanwhile. */
const TRIES = 5;

async function keep(place: Place, tools: InventoryTools, tries: number): Promise<void> {
  const { ledger, pause } = tools;
  const { kind, name } = entryOf(place.at);
  const [state, found] = await Promise.all([ledger.readSweepState(), ledger.readInventory(kind, name)]);
  // What is there before the first run is for that to say.
  if (state === undefined) return;
  const known = found && (await interrupted(found, place, tools));
  const at = tools.now().toISOString();
  const look = () => readSeen(place.at, tools);
  const seen = await lookUntil(look, (each) => isExpected(each, place.expected), pause);
  const shownAt = tools.now().toISOString();
  const before = seen && (await knownOf(seen, known, tools));
  const written = await write(before ?? known, seen && { seen, at, shownAt, place }, tools);
  if (!written && tries > 1) await keep(place, tools, tries - 1);
}

/**
 * Says at once that a grant has not stood there without a break: by the time that IAM shows what stands there now,
 * somebody may have put it back.
 */
async function interrupted(
  known: InventoryEntry,
  place: Place,
  { ledger, accountId, now }: InventoryTools,
): Promise<InventoryEntry> {
  const { at: ended, eventTime } = place;
  const key = ended.type === 'holder' ? '' : targetKey(accountId, ended);
  const grant = known.grants[key];
  if (grant === undefined || !saysOtherwise(place, grant)) return known;
  const ends = isLetBe(grant) && secondOf(eventTime) >= secondOf(grant.seenAt);
  if (grant.shownAt === undefined && !ends) return known;
  const marks = {
    ...(grant.shownAt !== undefined && { shownAt: now().toISOString() }),
    ...(ends && { endedAt: eventTime }),
  };
  await ledger.putInventory({ ...known, grants: { ...known.grants, [key]: { ...grant, ...marks } } });
  return (await ledger.readInventory(known.kind, known.name)) ?? known;
}

/** Whether an event tells that a grant was taken away, or that another document stands in its place. */
function saysOtherwise({ expected }: Place, { target, sha256: stands }: Grant): boolean {
  if (expected === undefined) return false;
  if (expected.document === undefined) return true;
  return target.type !== 'attachment' && sha256(expected.document) !== stands;
}

/** What is known of it, also where it was called otherwise: what it held goes with it. */
async function knownOf(
  seen: Seen,
  known: InventoryEntry | undefined,
  { ledger, accountId }: InventoryTools,
): Promise<InventoryEntry | undefined> {
  const keepsItsName = seen.kind === 'policy' || seen.kind === 'role';
  if (keepsItsName || known?.id === seen.id) return known;
  const [formerly] = await ledger.listInventoryOf(seen.kind, [seen.id]);
  return knownAs(seen, { here: known, formerly }, accountId);
}

/** @returns false when somebody has written the entry meanwhile */
async function write(
  known: InventoryEntry | undefined,
  shown: { seen: Seen; at: string; shownAt: string; place: Place } | undefined,
  { ledger, evaluate, accountId }: InventoryTools,
): Promise<boolean> {
  // Whoever has another name by now is known by it there: that nobody bears one says nothing, and the sweep sees all.
  if (shown === undefined) return known === undefined || canBeRenamed(known) || ledger.removeInventory(known);
  const { seen, at, shownAt, place } = shown;
  const key = place.at.type === 'holder' ? '' : targetKey(accountId, place.at);
  const entry = compareOne(seen, key, known, { at, shownAt, evaluate, isStock: () => false });
  const grant = entry.grants[key];
  // Only what was judged is known by it: an event may tell of another document than stands there.
  if (place.isKnown && grant?.status === 'open' && isJudged(seen, place)) {
    entry.grants[key] = { ...grant, status: 'known' };
  }
  return isDeepStrictEqual(entry, known) || ledger.putInventory(entry);
}

/** Whether what IAM shows is what an event tells of; an attached policy is judged by itself, and no version ever changes. */
function isJudged({ grants: [grant] }: Seen, { at, written }: Place): boolean {
  if (grant === undefined || grant.target.type === 'attachment') return grant !== undefined;
  if (written !== undefined) return grant.document === written;
  const { target } = grant;
  return (
    at.type === 'managed-policy' && target.type === 'managed-policy' && at.versionId === target.versionId
  );
}

function isExpected(seen: Seen | undefined, expected: Place['expected']): boolean {
  if (expected === undefined) return true;
  const [grant] = seen?.grants ?? [];
  if (expected.document === undefined) return grant === undefined;
  return grant !== undefined && (grant.target.type === 'attachment' || grant.document === expected.document);
}

/** What IAM shows of one place, and of who holds it. @returns undefined when that one is not there */
async function readSeen(at: Ended, tools: Reads): Promise<Seen | undefined> {
  const { kind, name } = entryOf(at);
  const read =
    at.type === 'managed-policy' ? tools.iam.getPolicy(name) : tools.iam.getHolder(at.entity, name);
  const holder: Omit<Holder, 'createdAt'> | undefined = await orMissing(read);
  if (holder === undefined) return undefined;
  const { id, arn, trust } = holder;
  const grant = at.type === 'holder' ? undefined : await orMissing(readGrant(at, tools));
  return {
    ...{ kind, name, id, arn },
    ...(trust !== undefined && { trust }),
    grants: grant === undefined ? [] : [grant],
  };
}

/** @throws NotFoundError */
async function readGrant(target: Target, { iam, accountId }: Reads): Promise<SeenGrant | undefined> {
  switch (target.type) {
    case 'managed-policy': {
      const inForce = { ...target, versionId: await iam.getDefaultVersionId(target.policyArn) };
      return seenGrant(accountId, inForce, await readTargetDocument(inForce, iam));
    }
    case 'inline-policy':
      return seenGrant(accountId, target, await readTargetDocument(target, iam));
    case 'attachment': {
      const { entity, entityName, policyArn } = target;
      if (!(await iam.isAttached(entity, entityName, policyArn))) return undefined;
      const [{ id }, document] = await Promise.all([
        iam.getPolicy(policyArn),
        readTargetDocument(target, iam),
      ]);
      return { ...seenGrant(accountId, target, document), sha256: attachmentHash(policyArn, id) };
    }
  }
}
