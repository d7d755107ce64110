import { CloudTrailUnavailableError } from '../../account/cloudtrail/cloud-trail.ts';
import { type CloudTrailRecord, parseRecord } from '../../events/cloudtrail-record.ts';
import { isOwnChange } from '../../events/own-change.ts';
import { parseChange } from '../../events/parse-change.ts';
import { readEvent } from '../../events/read-event.ts';
import { pack, sha256 } from '../../inspection/packed-document.ts';
import { foundRecord } from '../../inventory/found-record.ts';
import type { Grant } from '../../ledger/inventory.ts';
import { isAbout, resourceOf } from '../confirm/is-about.ts';
import { accountIdOf, type SweepTools } from './tools.ts';

/**
 * Starts the usual way of a change for a grant that no event has told of: with CloudTrail's own record of it, so that
 * an event that comes after all is the same; else with what is known without it. Safe to repeat.
 */
export async function startFound(
  tools: SweepTools,
  grant: Grant,
  document: string,
  at: string,
): Promise<void> {
  const { ledger, executions } = tools;
  const account = accountIdOf(tools);
  const made = parseRecord(foundRecord(grant, document, account));
  const shown = await findRecord(tools, made, document);
  if (shown === undefined) await ledger.keepFound(made.eventID, at);
  const detail = { ...(shown ?? made), foundBySweepAt: at };
  const name = `found-${sha256(JSON.stringify([detail.eventID, grant.seenAt])).slice(0, 32)}`;
  await executions.start(name, JSON.stringify({ account, detail }));
}

/** Of one resource; whoever put it in force did so lately. */
const MOST_EVENTS = 500;

/**
 * CloudTrail's newest record of what put a grant in force.
 *
 * @returns undefined where it shows none, or one whose request has ended: what came after that is not shown yet
 */
async function findRecord(
  { cloudTrail, ledger, containRoleArn, log }: SweepTools,
  made: CloudTrailRecord,
  document: string,
): Promise<CloudTrailRecord | undefined> {
  const { change } = parseChange(made);
  let count = 0;
  try {
    for await (const record of cloudTrail.lookUp('ResourceName', resourceOf(change.target))) {
      if (++count > MOST_EVENTS) return undefined;
      if (isOwnChange(record, containRoleArn) || !isAbout(record, { change, document: pack(document) }))
        continue;
      const reading = readEvent(record);
      if (reading.type !== 'change' || !reading.parsed.inForce) continue;
      const { requestId, target } = reading.parsed.change;
      if (
        'versionId' in target &&
        'versionId' in change.target &&
        target.versionId !== change.target.versionId
      )
        continue;
      return (await ledger.read(requestId)) === undefined ? record : undefined;
    }
  } catch (error) {
    if (!(error instanceof CloudTrailUnavailableError)) throw error;
    log.warn('CloudTrail does not tell who put in force what the sweep has found.', { error });
  }
  return undefined;
}
