import { CloudTrailUnavailableError } from '../../account/cloudtrail/cloud-trail.ts';
import type { Change } from '../../events/change.ts';
import { type CloudTrailRecord, parseRecord } from '../../events/cloudtrail-record.ts';
import { isOwnChange } from '../../events/own-change.ts';
import { parseChange } from '../../events/parse-change.ts';
import { readEvent } from '../../events/read-event.ts';
import { pack, sha256 } from '../../inspection/packed-document.ts';
import { foundRecord } from '../../inventory/found-record.ts';
import type { Grant } from '../../ledger/inventory.ts';
import { targetKey } from '../../ledger/target-key.ts';
import { secondOf } from '../../runtime/second-of.ts';
import { isAbout, resourceOf } from '../confirm/is-about.ts';
import { accountIdOf, type SweepTools } from './tools.ts';

/**
 * Starts the usual way of a change for a grant that no event has told of: with CloudTrail's own record of it, so that
 * an event that comes after all is the same; else with what is known without it. Safe to repeat.
 *
 * @returns false where nothing is started, because CloudTrail shows that the guard itself put it in force and the ledger
 * does not know why; an approver who asks has it started all the same
 */
export async function startFound(
  tools: SweepTools,
  grant: Grant,
  document: string,
  at: string,
): Promise<boolean> {
  const { ledger, executions } = tools;
  const account = accountIdOf(tools);
  const made = parseRecord(foundRecord(grant, document, account));
  const found = await findRecord(tools, made, document);
  const newest = found === 'none' ? undefined : found;
  const isOwn = newest !== undefined && isOwnChange(newest, tools.containRoleArn);
  if (isOwn && !grant.asked) return false;
  const shown = isOwn || (await isOver(ledger, newest)) ? undefined : newest;
  if (shown === undefined) await ledger.keepFound(made.eventID, at);
  const detail = { ...(shown ?? made), foundBySweepAt: at };
  const name = `found-${sha256(JSON.stringify([detail.eventID, grant.seenAt])).slice(0, 32)}`;
  await executions.start(name, JSON.stringify({ account, detail }));
  return true;
}

/**
 * Whether CloudTrail shows that a grant was put in force at a time or later.
 *
 * @param since ISO 8601; CloudTrail tells whole seconds
 * @returns undefined where it cannot be asked, or shows too much to be read
 */
export async function wasPutInForce(
  tools: SweepTools,
  grant: Grant,
  document: string,
  since: string,
): Promise<boolean | undefined> {
  const made = parseRecord(foundRecord(grant, document, accountIdOf(tools)));
  const newest = await findRecord(tools, made, document);
  if (newest === undefined) return undefined;
  return newest !== 'none' && secondOf(newest.eventTime) >= secondOf(since);
}

/** Whether the request about a record has ended: what came after that CloudTrail does not show yet. */
async function isOver(ledger: SweepTools['ledger'], record: CloudTrailRecord | undefined): Promise<boolean> {
  const reading = record === undefined ? undefined : readEvent(record);
  if (reading?.type !== 'change') return false;
  return (await ledger.read(reading.parsed.change.requestId)) !== undefined;
}

/** Of one resource; whoever put it in force did so lately. */
const MOST_EVENTS = 500;

/**
 * CloudTrail's newest record of what put a grant in force. What the guard itself did counts only where the ledger knows
 * of no request about it: there it has forgotten.
 *
 * @returns undefined where it cannot be asked, or shows too much to be read
 */
async function findRecord(
  { cloudTrail, ledger, containRoleArn, log }: SweepTools,
  made: CloudTrailRecord,
  document: string,
): Promise<CloudTrailRecord | 'none' | undefined> {
  const { change } = parseChange(made);
  let count = 0;
  try {
    for await (const record of cloudTrail.lookUp('ResourceName', resourceOf(change.target))) {
      if (++count > MOST_EVENTS) return undefined;
      if (!putsInForce(record, change, document)) continue;
      if (!isOwnChange(record, containRoleArn) || !(await isRemembered(ledger, change))) return record;
    }
    return 'none';
  } catch (error) {
    if (!(error instanceof CloudTrailUnavailableError)) throw error;
    log.warn('CloudTrail does not tell who put in force what the sweep has found.', { error });
    return undefined;
  }
}

function putsInForce(record: CloudTrailRecord, change: Change, document: string): boolean {
  if (!isAbout(record, { change, document: pack(document) })) return false;
  const reading = readEvent(record);
  if (reading.type !== 'change' || !reading.parsed.inForce) return false;
  const { target } = reading.parsed.change;
  return (
    !('versionId' in target && 'versionId' in change.target) || target.versionId === change.target.versionId
  );
}

async function isRemembered(ledger: SweepTools['ledger'], { accountId, target }: Change): Promise<boolean> {
  return (await ledger.listByTarget(targetKey(accountId, target), 1)).length > 0;
}
