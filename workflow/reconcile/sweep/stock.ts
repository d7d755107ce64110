import type { WholeAccount } from '../../account/iam/whole-account.ts';
import { isOwnChange } from '../../events/own-change.ts';
import { readEvent } from '../../events/read-event.ts';
import { watchedEventNames } from '../../events/watched-calls.ts';
import type { Seen } from '../../inventory/seen.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { SweepTools } from './tools.ts';

/** Whoever deploys into an account again has the guard's events and ledger from before. Milliseconds. */
const LONGEST_DEPLOYMENT = 24 * 60 * 60_000;

/** CloudTrail shows what was done within a quarter of an hour, as a rule; twice that. Milliseconds. */
const SHOWN_WITHIN = 30 * 60_000;

export interface StockTaken {
  /** Whether a grant came into force after the stack was created, and before the first run. */
  isChanged(seen: Seen, key: string): boolean;
}

/**
 * What the first run must not take for stock: nobody was there to hear of what changed while the stack was being
 * made. The guard's own role tells since when that is.
 *
 * @param firstRunAt when the first run began; `completeAt`: when the last one that came through did; `holds`: whether anything restricted is in force
 * @throws CloudTrailUnavailableError
 */
export async function stockOf(
  tools: SweepTools,
  account: WholeAccount,
  { firstRunAt, completeAt, holds }: { firstRunAt: string; completeAt: string | undefined; holds: boolean },
): Promise<StockTaken> {
  const own = account.holders.find(({ arn }) => arn === tools.containRoleArn);
  const first = Date.parse(firstRunAt);
  const created = Date.parse(own?.createdAt ?? '');
  // Not before one that came through has asked so late: while CloudTrail is away, nothing becomes stock by waiting.
  const isOver = Date.parse(completeAt ?? firstRunAt) - first > SHOWN_WITHIN;
  if (own === undefined || first - created > LONGEST_DEPLOYMENT || isOver) return { isChanged: () => false };
  const changed = holds ? await changedBetween(tools, new Date(created), new Date(first)) : new Set<string>();
  return {
    isChanged: (seen, key) => {
      const [grant] = seen.grants;
      if (seen.kind === 'policy' && Date.parse(grant?.since ?? '') >= created) return true;
      return changed.has(key) && !isOwnRole(seen, own.name);
    },
  };
}

async function changedBetween(tools: SweepTools, from: Date, to: Date): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  // IAM itself tells when a version was made, and not since when it is the default.
  for (const name of watchedEventNames.filter((each) => /^(Put|Attach|SetDefault)/.test(each))) {
    for await (const record of tools.cloudTrail.lookUp('EventName', name, { from, to })) {
      const reading = readEvent(record);
      if (reading.type !== 'change' || isOwnChange(record, tools.containRoleArn)) continue;
      keys.add(targetKey(reading.parsed.change.accountId, reading.parsed.change.target));
    }
  }
  return keys;
}

/** The stack makes the guard's roles and what they may do; their names begin as that of `contain` does. */
function isOwnRole({ kind, name }: Seen, containRole: string): boolean {
  const [prefix = ''] = containRole.split(/contain/i);
  return kind === 'role' && prefix !== '' && name.startsWith(prefix);
}
