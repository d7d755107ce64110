import { CloudTrailUnavailableError } from '../../account/cloudtrail/cloud-trail.ts';
import { readEvent } from '../../events/read-event.ts';
import { watchedEventNames } from '../../events/watched-calls.ts';
import type { Comparing } from '../../inventory/compare.ts';
import { HISTORY_MS } from '../../ledger/inventory.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { SweepTools } from './tools.ts';

/** Of each kind of call, the newest: CloudTrail gives a hundred a second, and the account has to be read yet. */
const MOST_EVENTS = 2_000;

interface Origin {
  at: string;
  by: string;
}

/**
 * Since when, and by whose doing, things are in force, as CloudTrail's event history tells of the last 90 days. What it
 * does not tell, or would take too long to read, is older. Where it cannot be asked, nothing is known but what IAM tells.
 *
 * @param firstRunAt ISO 8601
 */
export async function readOrigins(tools: SweepTools, firstRunAt: string): Promise<Comparing['originOf']> {
  const to = new Date(firstRunAt);
  const between = { from: new Date(to.getTime() - HISTORY_MS), to };
  const origins = new Map<string, Origin>();
  let reachesTo = between.from.toISOString();
  try {
    for (const name of watchedEventNames) {
      const readTo = await readNewest(tools, name, between, origins);
      if (readTo > reachesTo) reachesTo = readTo;
    }
  } catch (error) {
    if (!(error instanceof CloudTrailUnavailableError)) throw error;
    tools.log.warn('CloudTrail does not tell who put in force what the first sweep has found.', { error });
    reachesTo = firstRunAt;
  }
  return ({ madeAt = '' }, { key, since }) => {
    const origin = origins.get(key);
    if (origin !== undefined && origin.at >= (since ?? madeAt)) return { since: origin.at, by: origin.by };
    if (since !== undefined) return { since };
    return madeAt > reachesTo ? { since: madeAt } : { since: reachesTo, older: true };
  };
}

/** @returns how far back it was read */
async function readNewest(
  { cloudTrail }: SweepTools,
  name: string,
  between: { from: Date; to: Date },
  origins: Map<string, Origin>,
): Promise<string> {
  let count = 0;
  for await (const record of cloudTrail.lookUp('EventName', name, between)) {
    const reading = readEvent(record);
    if (reading.type === 'change' && reading.parsed.inForce) {
      const { accountId, target, eventTime: at, requester } = reading.parsed.change;
      const key = targetKey(accountId, target);
      if (at > (origins.get(key)?.at ?? '')) origins.set(key, { at, by: requester.label });
    }
    if (++count >= MOST_EVENTS) return record.eventTime;
  }
  return between.from.toISOString();
}
