import { AccessRefusedError, NotFoundError, UnmodifiableError } from '../account/iam/iam.ts';
import { DecidedElsewhereError } from '../containment/begin.ts';
import { quarantineChange, readTargetDocument } from '../containment/contain.ts';
import { follow } from '../containment/follow-rename.ts';
import { orMissing } from '../containment/or-missing.ts';
import { readPrincipal } from '../containment/principal.ts';
import { readSurroundings } from '../containment/surroundings.ts';
import type { ContainmentTools, QuarantineResult } from '../containment/tasks.ts';
import { ERROR } from '../decisions/error-names.ts';
import { isAwsService } from '../events/aws-owned.ts';
import { pack, sha256 } from '../inspection/packed-document.ts';
import { type InspectionSummary, summarise } from '../inspection/summarise.ts';
import type { KeptRename } from '../ledger/renames.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { fitIntoState } from './fit-into-state.ts';
import { type KnownChange, type KnownChangeRules, knownFrom, knownFromEvent } from './known-change.ts';
import type { FailedInspection, Judgement, Quarantined } from './payloads.ts';
import { review } from './review.ts';

/** IAM does not show what the event names, which may be its usual lag: worth another try. */
export class NotVisibleYetError extends Error {
  override name = 'NotVisibleYetError';
}

/** AWS itself owns what was changed, and somebody else is said to have changed it: no try will take it out. */
class UnmodifiableTargetError extends Error {
  override name = ERROR.unmodifiable;
}

/** A policy keeps the guard from taking the grant out of force: no try will change that, a person has to. */
class RefusedError extends Error {
  override name = ERROR.refused;
}

/** With the state machine's waits between them, these tries outlast IAM's lag; then what is missing is gone. */
const TRIES_UNTIL_GONE = 4;

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
    ? knownFromEvent(state, rules, tools)
    : knownFrom(judged(state), tools));
  const { change, event, leave, byGuard } = known;
  if (leave !== undefined) return { ...leftAlone(known, leave, rules), executionArn };
  const [{ result, at, principal: read }, also] = await Promise.all([
    containWhereverItIs(known, executionArn, retryCount, tools),
    containOthers(known, executionArn, retryCount, tools),
  ]);
  const { status } = result;
  const detail = `${result.detail}${also}`;
  if (status !== 'quarantined') {
    const inspection = known.inspection ?? NOTHING_FOUND;
    return { status, detail, change, inspection, ...othersOf(known), executionArn };
  }
  const { containment, document, putBacks } = result;
  const [around, principal] = await Promise.all([
    readSurroundings(change, result, at),
    read ?? principalOf(known, at),
  ]);
  const quarantined: Quarantined = {
    status,
    detail,
    change,
    inspection: summaryOf(document, known, rules),
    document: pack(document),
    containment,
    quarantinedAt: tools.now().toISOString(),
    ...(event && { event }),
    ...around,
    ...(principal && { principal }),
    ...(byGuard && { byGuard }),
    ...(putBacks && { putBacks }),
    ...othersOf(known),
    executionArn,
  };
  return fitIntoState(quarantined, HELPS, tools.log);
}

/** What may go where the rest needs the room; whom the grant serves is compared before anything is put back. */
const HELPS = ['event', 'surroundings.before.document', 'surroundings.holders', 'surroundings.attachedTo'];

function othersOf({ others }: KnownChange): Pick<Quarantined, 'others'> {
  if (others === undefined) return {};
  return { others: others.map(({ requestId, padded }) => ({ requestId, padded })) };
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

/** Nobody is asked before this is read, and the read may fail. */
const TIMEOUT_MS = 2_000;

/** Where it could not be read before. */
function principalOf({ change }: KnownChange, { iam, log }: ContainmentTools) {
  const { requestId } = change;
  return bestEffort(log.warn, 'Nothing told whom the grant serves; going on without it.', { requestId }, () =>
    inTime(readPrincipal(change, iam), TIMEOUT_MS),
  );
}

/** What was done about a change, and the tools that work on it where it is. */
interface Contained {
  result: Awaited<ReturnType<typeof contain>>;
  at: ContainmentTools;
  /** Whom the grant serves, where that was read before. */
  principal?: Principal | undefined;
}

/**
 * Under the name that the event tells, at once; and under another one that its user or group has by now, whoever has the
 * first one since: the event is about the one that had it then.
 */
async function containWhereverItIs(
  known: KnownChange,
  executionArn: string,
  retryCount: number,
  tools: ContainmentTools,
): Promise<Contained> {
  const underFirst = Promise.allSettled([contain(known, executionArn, retryCount, tools)]);
  const [followed] = await Promise.allSettled([followFrom(known, tools)]);
  const there =
    followed.status === 'fulfilled'
      ? await containThere(known, followed.value, executionArn, retryCount)
      : undefined;
  const [first] = await underFirst;
  const isFirst = first.status === 'fulfilled' && first.value.status === 'quarantined';
  const isThere = there?.status === 'fulfilled' && there.value.result.status === 'quarantined';
  if (there !== undefined && (isThere || !isFirst)) {
    if (there.status === 'rejected') throw there.reason;
    return there.value;
  }
  if (first.status === 'rejected') throw first.reason;
  // Where it is not known whether it has another name, it is not gone.
  if (first.value.status === 'gone' && followed.status === 'rejected') throw followed.reason;
  return { result: first.value, at: tools, principal: known.principal };
}

/** @returns undefined where it has its name still, or has been approved exactly this under any name */
async function containThere(
  known: KnownChange,
  { tools: at, to, moved }: Awaited<ReturnType<typeof followFrom>>,
  executionArn: string,
  retryCount: number,
): Promise<PromiseSettledResult<Contained> | undefined> {
  if (to === undefined || (await isApprovedFor(known, to, at))) return undefined;
  const isSame = known.principal?.id === to.id;
  // What was planned for somebody else may have been approved for them.
  const task = isSame ? known : { ...known, plan: undefined };
  const [done] = await Promise.allSettled([contain(task, executionArn, retryCount, at)]);
  if (done.status === 'rejected') return done;
  const result = { ...done.value, detail: `${done.value.detail}${moved}` };
  return { ...done, value: { result, at, principal: isSame ? known.principal : undefined } };
}

async function isApprovedFor(
  { change: { accountId, target }, document }: KnownChange,
  { id, name }: { id: string; name: string },
  { lookups }: ContainmentTools,
): Promise<boolean> {
  if (document === undefined || target.type === 'managed-policy') return false;
  const key = targetKey(accountId, { ...target, entityName: name });
  const approval = await lookups.approvalOf(key, sha256(document));
  return approval?.principal?.id === id && approval.carriedOut;
}

/**
 * By the unique id of whoever had the name then, as an event of its giving it up tells; else by the one that was read before
 * anything was done, or that the inventory has seen under that name.
 */
async function followFrom({ change, principal }: KnownChange, tools: ContainmentTools) {
  const { lookups, ledger, log } = tools;
  const [former, seen] = await Promise.all([
    lookups.formerHolder(change),
    principal?.id ?? lookups.inventoryOf(change.target).then((entry) => entry?.id),
  ]);
  const why =
    'The ledger did not take a new name; what was approved under the former one is not found by it.';
  const keep = async (rename: KeptRename) => {
    await bestEffort(log.warn, why, { ...rename }, () => inTime(ledger.keepRename(rename), TIMEOUT_MS));
  };
  const followed = await follow(change, former, tools, keep);
  return followed.to === undefined && seen !== former ? follow(change, seen, tools, keep) : followed;
}

async function contain(
  { change, document, plan }: Pick<KnownChange, 'change' | 'document' | 'plan'>,
  executionArn: string,
  retryCount: number,
  tools: ContainmentTools,
): Promise<QuarantineResult | { status: 'gone' | 'aws-managed'; detail: string }> {
  try {
    const decidedElsewhere = tools.lookups.isDecidedElsewhere(change.requestId, executionArn);
    const task = { change, executionArn, document, plan, retryCount, decidedElsewhere };
    return await quarantineChange(task, tools);
  } catch (error) {
    if (error instanceof DecidedElsewhereError) {
      const detail = `Request ${change.requestId} in the ledger says what became of it. Nothing was changed.`;
      return { status: 'superseded', detail };
    }
    if (error instanceof UnmodifiableError) return unmodifiable(change, error);
    if (error instanceof AccessRefusedError) throw refused(change, error);
    if (!(error instanceof NotFoundError)) throw error;
    if (retryCount < TRIES_UNTIL_GONE) {
      throw new NotVisibleYetError(
        `IAM does not show what ${change.eventName} changed; trying again. ${error.message}`,
        { cause: error },
      );
    }
    return { status: 'gone', detail: `What was changed is not there any more: ${error.message}` };
  }
}

/** What else a padded event may be about: out of force now, and asked about by executions of their own. */
async function containOthers(
  { change, others = [] }: KnownChange,
  executionArn: string,
  retryCount: number,
  tools: ContainmentTools,
): Promise<string> {
  const done = await Promise.all(
    others.map(async ({ requestId, target, sha256: judged }) => {
      const current = await orMissing(readTargetDocument(target, tools.iam));
      // It is out of force already: by an earlier try, or by somebody else.
      if (current === undefined || sha256(current) !== judged) return '';
      const other = { change: { ...change, requestId, target }, document: current };
      return ` ${(await contain(other, executionArn, retryCount, tools)).detail}`;
    }),
  );
  return done.join('');
}

/** @throws UnmodifiableTargetError unless AWS has changed what is its own */
function unmodifiable(
  { requester }: KnownChange['change'],
  error: UnmodifiableError,
): { status: 'aws-managed'; detail: string } {
  if (isAwsService(requester)) {
    const detail = `AWS itself has changed what is its own, which nobody else can: change it in the AWS service that it belongs to (${error.message}) Nothing was changed.`;
    return { status: 'aws-managed', detail };
  }
  throw new UnmodifiableTargetError(
    `AWS lets nobody change this, so the guard cannot take the grant out of force. Change it in the AWS service that it belongs to, in IAM Identity Center for its roles. ${error.message}`,
    { cause: error },
  );
}

function refused({ eventName }: KnownChange['change'], error: AccessRefusedError): RefusedError {
  const why = /service control policy/i.test(error.message)
    ? 'A service control policy keeps the guard from taking the grant out of force: let its role through, or take it out from the management account.'
    : 'IAM refuses the guard what it needs to take the grant out of force; somebody may have changed its role, its boundary or a policy on what was changed.';
  return new RefusedError(`What ${eventName} has put in force stays in force. ${why} ${error.message}`, {
    cause: error,
  });
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
