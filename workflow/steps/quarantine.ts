import { readTargetDocument } from '../containment/contain.ts';
import { orMissing } from '../containment/or-missing.ts';
import { readPrincipal, withReach } from '../containment/principal.ts';
import { readSurroundings } from '../containment/surroundings.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import type { Change } from '../events/change.ts';
import { pack, sha256 } from '../inspection/packed-document.ts';
import { type InspectionSummary, summarise } from '../inspection/summarise.ts';
import { stoodAllAlong } from '../inventory/stood-all-along.ts';
import type { Principal } from '../ledger/request.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { aside, contain, type Try } from './contain-one.ts';
import { containWhereverItIs } from './contain-wherever.ts';
import { fitIntoState } from './fit-into-state.ts';
import { type KnownChange, type KnownChangeRules, knownFrom, knownFromEvent } from './known-change.ts';
import type { FailedInspection, Judgement, Quarantined } from './payloads.ts';
import { review } from './review.ts';
import { seekHolder } from './seek-holder.ts';

const NOTHING_FOUND: InspectionSummary = { findings: [], total: 0 };

interface QuarantineInput {
  /** What was quarantined before is quarantined again. */
  state: Judgement | FailedInspection | Quarantined;
  executionArn: string;
  retryCount: number;
}

function judged(state: Judgement | Quarantined): Judgement {
  if ('verdict' in state) return state;
  const { change, inspection, document, event, byGuard, detail } = state;
  return {
    ...{ verdict: 'restricted', reason: detail, notifyAllowed: false, change, inspection },
    ...(document && { document }),
    ...(event && { event }),
    ...(byGuard && { byGuard }),
  };
}

export type QuarantineRules = KnownChangeRules;

/**
 * The Quarantine step: takes the grant out of force without losing it. Safe to repeat. What Inspect has judged as
 * restricted is quarantined whatever MODE says by now; what it would have left alone is left alone.
 *
 * @throws UnknownChangeError when the event does not tell what was changed
 * @throws NotVisibleYetError on the first tries, while IAM does not show what was changed
 * @throws UnmodifiableTargetError, RefusedError when no further try can do it
 */
export async function quarantine(
  { state, executionArn, retryCount }: QuarantineInput,
  rules: QuarantineRules,
  tools: ContainmentTools,
): Promise<Quarantined> {
  const known = await ('failure' in state
    ? knownFromEvent(state, executionArn, rules, tools)
    : knownFrom(judged(state), rules, tools));
  const { change, event, leave, byGuard } = known;
  if (leave !== undefined) {
    const asked = leave.status === 'own-change' && (await isAskedAbout(change, executionArn, tools));
    return { ...leftAlone(known, leave, rules), ...(asked && { asked: true as const }), executionArn };
  }
  const decidedElsewhere = tools.lookups.isDecidedElsewhere(change.requestId, executionArn);
  const attempt = { executionArn, retryCount, tools, decidedElsewhere };
  // Asked beside the rest: a ledger that does not answer must not cost its time once more.
  const inventory = tools.lookups.inventoryOf(change.target);
  const [{ result, change: found, principal: read, others, unsure }, also] = await Promise.all([
    containWhereverItIs(known, attempt).then((contained) => seekHolder(change, contained)),
    containOthers(known, attempt),
  ]);
  const { status } = result;
  const detail = `${result.detail}${also}`;
  if (status !== 'quarantined') {
    const inspection = known.inspection ?? NOTHING_FOUND;
    return { status, detail, change, inspection, ...othersOf(known, others), executionArn };
  }
  const { containment, document, putBacks } = result;
  const [around, principal, entry] = await Promise.all([
    readSurroundings(found, result, tools),
    servedBy(found, read, tools),
    inventory,
  ]);
  const stood = stoodAllAlong(found, document, principal, entry);
  const quarantined: Quarantined = {
    status,
    detail,
    change: found,
    inspection: summaryOf(document, known, rules),
    document: pack(document),
    containment: { ...containment, ...(stood && { stood }) },
    quarantinedAt: tools.now().toISOString(),
    ...(event && { event }),
    ...around,
    ...(principal && { principal }),
    ...(unsure && { unsure }),
    ...(byGuard && { byGuard }),
    ...(putBacks && { putBacks }),
    ...othersOf(known, others),
    executionArn,
  };
  return fitIntoState(quarantined, HELPS, tools.log);
}

/** What may go where the rest needs the room; whom the grant serves is compared before anything is put back. */
const HELPS = [
  ...['event', 'surroundings.before.document', 'surroundings.holders', 'surroundings.attachedTo'],
  // Of it the hash stays, which is compared then.
  'principal.reach.behind',
];

function othersOf(
  { others = [] }: KnownChange,
  holders: NonNullable<Quarantined['others']>,
): Pick<Quarantined, 'others'> {
  const all = [...others.map(({ requestId, padded }) => ({ requestId, padded })), ...holders];
  return all.length === 0 ? {} : { others: all };
}

function leftAlone(
  known: KnownChange,
  { status, reason }: NonNullable<KnownChange['leave']>,
  rules: QuarantineRules,
): Omit<Quarantined, 'executionArn'> {
  const { change, document, event } = known;
  const left = { status, detail: `${reason} Nothing was changed.`, change };
  if (status !== 'observed') return { ...left, inspection: known.inspection ?? NOTHING_FOUND };
  return {
    ...left,
    inspection: summaryOf(document, known, rules),
    ...(document !== undefined && { document: pack(document) }),
    ...(event && { event }),
  };
}

/** Whether this execution has made a request about it, while nobody could read what it is. */
async function isAskedAbout(
  { requestId }: Change,
  executionArn: string,
  { lookups }: ContainmentTools,
): Promise<boolean> {
  return (await lookups.recorded(requestId))?.executionArn === executionArn;
}

/** Whom the grant serves, and who is behind groups and roles: what is not known is not compared later. */
async function servedBy(
  change: Change,
  read: Principal | undefined,
  tools: ContainmentTools,
): Promise<Principal | undefined> {
  const principal = read ?? (await principalOf(change, tools));
  if (principal === undefined) return undefined;
  const why = 'Nothing told who is behind groups and roles; going on without it.';
  const whole = await bestEffort(tools.log.warn, why, { requestId: change.requestId }, () =>
    inTime(withReach(principal, tools.iam), tools.limits.reachMs),
  );
  return whole ?? principal;
}

/** Where it could not be read before. */
function principalOf(change: Change, { iam, limits, log }: ContainmentTools) {
  const { requestId } = change;
  return bestEffort(log.warn, 'Nothing told whom the grant serves; going on without it.', { requestId }, () =>
    inTime(readPrincipal(change, iam), limits.readMs),
  );
}

/** What else a padded event may be about: out of force now, and asked about by executions of their own. */
async function containOthers({ change, others = [] }: KnownChange, attempt: Try): Promise<string> {
  const done = await Promise.all(
    others.map(async ({ requestId, target, sha256: judged }) => {
      const current = await orMissing(readTargetDocument(target, attempt.tools.iam));
      // It is out of force already: by an earlier try, or by somebody else.
      if (current === undefined || sha256(current) !== judged) return '';
      const other = { change: { ...change, requestId, target }, document: current };
      return ` ${(await contain(other, aside(other.change, attempt))).detail}`;
    }),
  );
  return done.join('');
}

/** The summary is of the bytes that IAM holds: those are what an approver is shown, and what is put back. */
function summaryOf(
  document: string | undefined,
  known: KnownChange,
  { restricted }: QuarantineRules,
): InspectionSummary {
  if (known.inspection && known.document === document) return known.inspection;
  const inspection =
    document === undefined ? { restricted: false, findings: [] } : review(document, restricted);
  const unreadable = inspection.restricted ? inspection.unreadable : known.why;
  return summarise({ ...inspection, ...(unreadable !== undefined && { unreadable }) }, document);
}
