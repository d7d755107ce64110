import { CloudTrailUnavailableError } from '../../account/cloudtrail/cloud-trail.ts';
import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { identityOf } from '../../events/identity.ts';
import { describeRequester } from '../../events/requester.ts';
import { sha256 } from '../../inspection/packed-document.ts';
import { isOfSweep } from '../../inventory/found-record.ts';
import type { Unconfirmed } from '../../ledger/confirmations.ts';
import type { ApprovalRequest, Verdict } from '../../ledger/request.ts';
import { refutedOf } from '../../ledger/requesters.ts';
import type { ReconcileTools } from '../tools.ts';
import { isAboutAny } from './is-about.ts';
import { type Around, lookAround } from './look-around.ts';
import { nameMakers, undo } from './mend.ts';
import { startedBy } from './started-by.ts';

/** At two look-ups a second, a run has time for more; the next run goes on. */
const MOST_AT_ONCE = 200;

/** Of the function's time, so that a run comes through. Milliseconds. */
const LONGEST = 120_000;

/** CloudTrail answers, and shows nothing that came after an event: it may be that late. */
class CloudTrailBehindError extends Error {
  override name = 'CloudTrailBehindError';
}

/** Until then it is looked whether CloudTrail shows what the guard did. Milliseconds. */
const GIVE_UP = 24 * 60 * 60_000;

/**
 * Asks CloudTrail, which nobody can forge, for every event by which somebody was named as the maker of a change. Who is
 * not confirmed counts no more; who has really made it is named; and what was taken out of force though nobody had
 * changed it is put back. Safe to repeat.
 *
 * @returns how many are settled
 */
export async function confirmEvents(tools: ReconcileTools): Promise<number> {
  const { ledger, log, metrics, now } = tools;
  const begun = now().getTime();
  let settled = 0;
  for (const unconfirmed of await ledger.listUnconfirmed(MOST_AT_ONCE)) {
    if (now().getTime() - begun > LONGEST) break;
    try {
      if (!(await confirm(tools, unconfirmed))) continue;
      await ledger.removeUnconfirmed(unconfirmed);
      settled += 1;
    } catch (error) {
      const { requestId } = unconfirmed;
      log.error('It is not known whether an event is genuine; the next run asks again.', {
        error,
        requestId,
      });
      if (error instanceof CloudTrailUnavailableError || error instanceof CloudTrailBehindError) {
        metrics.cloudTrailAway();
      }
      if (error instanceof CloudTrailUnavailableError) break;
    }
  }
  return settled;
}

/** @returns whether nothing is left to be done about it */
async function confirm(tools: ReconcileTools, unconfirmed: Unconfirmed): Promise<boolean> {
  const { eventId, requestId, at } = unconfirmed;
  const request = await tools.ledger.read(requestId);
  if (request === undefined) return true;
  const now = tools.now();
  if (isOfSweep(unconfirmed) && (await tools.ledger.isFound(eventId))) {
    return confirmFound(tools, unconfirmed, request);
  }
  const record = await find(tools, eventId);
  if (record !== undefined && (await isClaimed(tools, record, unconfirmed, request))) {
    await store(tools, unconfirmed, { confirmed: now.toISOString() });
    return true;
  }
  const age = now.getTime() - Date.parse(at);
  // What it does not show yet, it may show later; and no last name is dropped before it had its time.
  const mayWait = record === undefined || !isConfirmed(request);
  if (mayWait && age < tools.patienceMs) return false;
  const done = await refute(tools, unconfirmed, request);
  return done || age > GIVE_UP;
}

/**
 * What a sweep has found is in force, whoever made it. That may be shown later, and then is told.
 *
 * @returns whether nothing is left to be done about it
 */
async function confirmFound(tools: ReconcileTools, unconfirmed: Unconfirmed, request: ApprovalRequest) {
  const { makers } = await lookAround(tools, request);
  await nameMakers(tools, request, makers);
  if (makers.length === 0 && tools.now().getTime() - Date.parse(unconfirmed.at) < tools.patienceMs)
    return false;
  await store(tools, unconfirmed, { confirmed: tools.now().toISOString() });
  return true;
}

function isConfirmed({ confirmed, alsoNamed = [] }: ApprovalRequest): boolean {
  return [{ confirmed }, ...alsoNamed].some((named) => named.confirmed !== undefined);
}

async function find({ cloudTrail }: ReconcileTools, eventId: string): Promise<CloudTrailRecord | undefined> {
  for await (const record of cloudTrail.lookUp('EventId', eventId)) return record;
  return undefined;
}

async function isClaimed(
  { ledger }: ReconcileTools,
  record: CloudTrailRecord,
  { identity }: Unconfirmed,
  request: ApprovalRequest,
): Promise<boolean> {
  return identityOf(describeRequester(record)) === identity && isAboutAny(record, request, ledger);
}

/** @returns whether nothing is left to be done about it */
async function refute(
  tools: ReconcileTools,
  unconfirmed: Unconfirmed,
  request: ApprovalRequest,
): Promise<boolean> {
  const around = await lookAround(tools, request);
  const at = tools.now().toISOString();
  if (around.makers.some(({ identity }) => identity === unconfirmed.identity)) {
    await store(tools, unconfirmed, { confirmed: at });
    return true;
  }
  // First: nobody who has made it may approve it in between.
  await nameMakers(tools, request, around.makers);
  const now = isRefuted(request, unconfirmed) ? request : await drop(tools, unconfirmed, around, at);
  return now === undefined || (await settle(tools, now, around));
}

function isRefuted(request: ApprovalRequest, { identity, eventId }: Unconfirmed): boolean {
  return refutedOf(request).some((one) => one.eventId === eventId && identityOf(one.requester) === identity);
}

/** @throws CloudTrailBehindError */
async function drop(tools: ReconcileTools, unconfirmed: Unconfirmed, { complete }: Around, at: string) {
  const by = await startedBy(tools, unconfirmed.executionArn);
  if (!complete && by === undefined)
    throw new CloudTrailBehindError('CloudTrail shows nothing yet that came after it.');
  return store(tools, unconfirmed, { refuted: { at, ...(by !== undefined && { startedBy: by }) } });
}

async function settle(tools: ReconcileTools, request: ApprovalRequest, around: Around): Promise<boolean> {
  const done = await undo(tools, request, around);
  const { id } = request;
  // Told by an execution, because only it may talk to people; once, since a name starts one. Nobody knows it before.
  const digest = sha256(JSON.stringify(refutedOf(request).map(({ at }) => at)));
  const name = `unconfirmed-${id}-${digest.slice(0, 16)}`;
  await tools.executions.start(name, JSON.stringify({ unconfirmed: id }));
  return done;
}

async function store(
  tools: ReconcileTools,
  { requestId, eventId, identity, executionArn }: Unconfirmed,
  verdict: Verdict,
): Promise<ApprovalRequest | undefined> {
  const { ledger, approvalsRequired } = tools;
  const request = await ledger.storeVerdict(requestId, { eventId, identity }, verdict, approvalsRequired);
  await ledger.audit({
    at: tools.now().toISOString(),
    event: verdict.refuted === undefined ? 'event.confirmed' : 'event.refuted',
    requestId,
    detail:
      verdict.refuted === undefined
        ? 'CloudTrail holds the event.'
        : `CloudTrail does not hold the event as it was told. It was told by ${verdict.refuted.startedBy ?? 'somebody whom CloudTrail does not name'}.`,
    eventId,
    executionArn,
  });
  return request;
}
