import { underNewName } from '../account/iam/under-new-name.ts';
import { sameDocument } from '../containment/compare-documents.ts';
import { readTargetDocument } from '../containment/contain.ts';
import type { NamedHolder } from '../containment/follow-rename.ts';
import { lookAhead } from '../containment/look-ahead.ts';
import { orMissing } from '../containment/or-missing.ts';
import { planChange } from '../containment/plan.ts';
import { isBegun, type PossibleHolder, possibleHolders } from '../containment/possible-holders.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import type { Change, Target } from '../events/change.ts';
import { changeOf, changeOfAnother } from '../events/of-holder.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { Plan } from '../ledger/intents.ts';
import type { Principal } from '../ledger/request.ts';
import { MOST_REQUESTS } from '../ledger/requests.ts';
import { targetKey } from '../ledger/target-key.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import {
  aside,
  type ContainResult,
  contain,
  NotVisibleYetError,
  TRIES_UNTIL_GONE,
  type Try,
} from './contain-one.ts';
import type { KnownChange } from './known-change.ts';
import type { Quarantined } from './payloads.ts';

/** What was done about a change. */
export interface Contained {
  result: ContainResult;
  /** As one of whom it was taken from, where the name did not tell. */
  change: Change;
  /** Whom the grant serves, where that was read before. */
  principal?: Principal | undefined;
  /** Nothing told whether it held the same before. */
  unsure?: true;
  /** From whom else it was taken: to be asked about by executions of their own. */
  others: NonNullable<Quarantined['others']>;
}

/**
 * Takes a grant out of force under the name that the event tells or, where it is in doubt who had that name then, from
 * everybody who may have been meant, by unique id and under whatever name: but for those who held the very same before.
 *
 * @throws what IAM throws, NotVisibleYetError
 */
export async function containWhereverItIs(known: KnownChange, attempt: Try): Promise<Contained> {
  const { change } = known;
  const { tools } = attempt;
  const about = await requestAboutIt(known, attempt);
  if (about !== undefined) return askedBy(known, about);
  const iam = lookAhead(change.target, tools);
  const found = await possibleHolders(known, tools);
  if (found === undefined) {
    const result = await contain(known, { ...attempt, tools: { ...tools, iam } });
    const seen = known.principal === undefined ? [] : [known.principal];
    if (await isLate(change, seen, tools)) return containWhereverItIs(known, attempt);
    return { result, change, principal: known.principal, others: [] };
  }
  const { holders, failure } = found;
  const suspects = holders.filter(({ before }) => before !== 'held');
  const main = await chooseMain(suspects, known, tools);
  const [first, others] = await settled(
    main === undefined ? undefined : containMain(main, known, attempt),
    suspects.filter((each) => each !== main).map((each) => containOther(each, known, attempt)),
  );
  if (failure !== undefined) throw failure.error;
  if (first === undefined) return holders.length === 0 ? gone(known) : leave(known, holders, attempt);
  if (await isLate(change, holders, tools)) return containWhereverItIs(known, attempt);
  const detail = `${first.result.detail}${tellHeld(change, holders)}`;
  return { ...first, result: { ...first.result, detail }, others: others.flat() };
}

/**
 * Where somebody may have been meant too, and it was taken from them: the request that their own change has made since.
 *
 * @returns its id; undefined also where the ledger does not answer
 */
async function requestAboutIt(
  { change, document }: KnownChange,
  { tools }: Try,
): Promise<string | undefined> {
  const { accountId, target, holder, requestId, eventTime } = change;
  if (holder === undefined || document === undefined) return undefined;
  const why = 'Nothing told whether another request is about it; going on.';
  const requests = await bestEffort(tools.log.warn, why, { requestId }, () =>
    inTime(tools.ledger.listByTarget(targetKey(accountId, target), MOST_REQUESTS), tools.limits.readMs),
  );
  if (requests === undefined || requests.some(({ id }) => id === requestId)) return undefined;
  const digest = sha256(document);
  return requests.find(
    ({ principal, quarantinedAt, document: reviewed }) =>
      principal?.id === holder.id &&
      reviewed?.sha256 === digest &&
      quarantinedAt !== undefined &&
      Date.parse(quarantinedAt) >= Date.parse(eventTime),
  )?.id;
}

function askedBy({ change, principal }: KnownChange, requestId: string): Contained {
  const detail = `Request ${requestId} is about it. Nothing was changed.`;
  return { result: { status: 'superseded', detail }, change, principal, others: [] };
}

/** All are tried, whichever fails. */
async function settled<One, Other>(
  one: Promise<One> | undefined,
  others: readonly Promise<Other>[],
): Promise<[One | undefined, Other[]]> {
  await Promise.allSettled([one, ...others]);
  return [await one, await Promise.all(others)];
}

/** Whether somebody is said by now to have given the name up who was not looked at. */
async function isLate(
  change: Change,
  holders: readonly Pick<PossibleHolder, 'id'>[],
  { lookups, iam }: ContainmentTools,
): Promise<boolean> {
  const { target, holder } = change;
  if (holder !== undefined || target.type === 'managed-policy') return false;
  const former = await lookups.formerHolder(change);
  if (former === undefined || holders.some(({ id }) => id === former)) return false;
  return (await iam.findName(target.entity, former)) !== undefined;
}

/**
 * Whose request the change itself makes: the one that an earlier try has chosen; else who holds the grant, the most
 * probable first; else who has the name.
 */
async function chooseMain(
  suspects: readonly PossibleHolder[],
  known: KnownChange,
  tools: ContainmentTools,
): Promise<PossibleHolder | undefined> {
  const { target } = known.change;
  const [only, ...more] = suspects;
  if (more.length === 0 || target.type === 'managed-policy') return only;
  const seen = await Promise.all(suspects.map((each) => look(each, known, tools)));
  const has = (what: keyof (typeof seen)[number]) => suspects.find((_each, index) => seen[index]?.[what]);
  const named = ({ name }: PossibleHolder) => name.toLowerCase() === target.entityName.toLowerCase();
  return has('begun') ?? has('holds') ?? suspects.find(named) ?? only;
}

async function look(
  holder: PossibleHolder,
  { change: given, document }: KnownChange,
  { iam, lookups }: ContainmentTools,
): Promise<{ begun: boolean; holds: boolean }> {
  const change = changeOf(given, holder);
  const [begun, holds] = await Promise.all([isBegun(change, lookups), holdsIt(change.target, document, iam)]);
  return { begun, holds };
}

async function holdsIt(
  target: Target,
  document: string | undefined,
  iam: ContainmentTools['iam'],
): Promise<boolean> {
  if (target.type === 'attachment') {
    return (await orMissing(iam.isAttached(target.entity, target.entityName, target.policyArn))) ?? false;
  }
  const current = await orMissing(readTargetDocument(target, iam));
  return current !== undefined && (document === undefined || sameDocument(document, current));
}

async function containMain(
  { id, name, before }: PossibleHolder,
  known: KnownChange,
  attempt: Try,
): Promise<Omit<Contained, 'others'>> {
  const change = changeOf(known.change, { id, name });
  const isSame = known.principal?.id === id;
  const plan = isSame ? known.plan : await planFor({ id, name }, known, attempt);
  const result = await contain({ ...known, change, plan }, attempt);
  return {
    result,
    change,
    principal: isSame ? known.principal : undefined,
    ...(before === 'unknown' && { unsure: true }),
  };
}

/**
 * What is to be put in the grant's place of another one than whom Inspect has seen: what stood there may be known by the
 * name that the event tells.
 *
 * @returns undefined where its name of now tells as much, and where an earlier try may have planned
 */
async function planFor(
  { name: now }: NamedHolder,
  { change, document }: KnownChange,
  { tools, retryCount }: Try,
): Promise<Plan | undefined> {
  const { target, requestId } = change;
  if (document === undefined || retryCount > 0 || target.type === 'managed-policy') return undefined;
  const { entity, entityName: formerly } = target;
  if (formerly.toLowerCase() === now.toLowerCase()) return undefined;
  const moved = { ...tools, iam: underNewName(tools.iam, { entity, formerly, now }) };
  const why = 'Nothing was planned for whoever has another name; going on without it.';
  return bestEffort(tools.log.warn, why, { requestId }, () =>
    inTime(orMissing(planChange(change, document, moved)), tools.limits.readMs),
  );
}

/** @returns what is to be asked about by an execution of its own; nothing where nothing was taken out by this */
async function containOther(
  holder: PossibleHolder,
  known: KnownChange,
  attempt: Try,
): Promise<Contained['others']> {
  const change = changeOfAnother(known.change, holder);
  const { target, requestId } = change;
  if (target.type === 'managed-policy' || !(await mayHoldIt(change, attempt.tools))) return [];
  const { document } = known;
  const result = await contain({ change, document }, aside(change, attempt));
  const isOut = result.status === 'quarantined' && 'tookOut' in result.containment;
  if (!isOut) return [];
  const padded: Record<string, string> = {
    holderId: holder.id,
    [`${target.entity}Name`]: target.entityName,
    ...(target.type === 'inline-policy' && { policyName: target.policyName }),
  };
  return [{ requestId, padded }];
}

/** Whether there is anything to take out, or an earlier try has. Detaching tells by itself. */
async function mayHoldIt(change: Change, { iam, lookups }: ContainmentTools): Promise<boolean> {
  if (change.target.type !== 'inline-policy') return true;
  if ((await orMissing(readTargetDocument(change.target, iam))) !== undefined) return true;
  return isBegun(change, lookups);
}

/** Whom it is about is settled, and not there any more, whoever has the name. */
function gone({ change, principal }: KnownChange): Contained {
  const detail = `Whom ${change.eventName} was made of is not there any more. Nothing was changed.`;
  return { result: { status: 'gone', detail }, change, principal, others: [] };
}

/**
 * All of them held the same before, so that nothing was changed of anybody who is known. Of whom it was, an event of a new
 * name may tell yet.
 */
function leave(
  { change, principal }: KnownChange,
  holders: readonly PossibleHolder[],
  attempt: Try,
): Contained {
  const held = tellHeld(change, holders);
  if (change.holder === undefined && attempt.retryCount < TRIES_UNTIL_GONE) {
    throw new NotVisibleYetError(`Nothing tells yet whom ${change.eventName} was made of.${held}`);
  }
  const detail = `Nobody holds by it what they did not hold before.${held} Nothing was changed.`;
  return { result: { status: 'superseded', detail }, change, principal, others: [] };
}

function tellHeld({ target }: Change, holders: readonly PossibleHolder[]): string {
  if (target.type === 'managed-policy') return '';
  return holders
    .filter(({ before }) => before === 'held')
    .map(({ name }) => ` The ${target.entity} ${name} held exactly this before, and keeps it.`)
    .join('');
}
