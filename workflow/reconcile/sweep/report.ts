import type { Grant, InventoryEntry, SweepReport } from '../../ledger/inventory.ts';
import type { SweepTools } from './tools.ts';

/** As many as a message has room for; `/policy-guard baseline` lists all of them. */
const MOST_TOLD = 20;

/** Has people told of grants that a sweep leaves alone. Nothing is told of none. */
export async function tellSweep(
  { ledger, executions }: SweepTools,
  kind: SweepReport['kind'],
  grants: readonly { grant: Grant; entry: InventoryEntry }[],
  at: string,
): Promise<void> {
  if (grants.length === 0) return;
  const id = `${kind}-${at.replaceAll(/\W/g, '')}`;
  const newestFirst = grants.toSorted((one, other) => (one.grant.since < other.grant.since ? 1 : -1));
  await ledger.keepSweepReport({
    ...{ id, at, kind, count: grants.length },
    grants: newestFirst.slice(0, MOST_TOLD).map(({ grant: { target, since }, entry }) => ({
      ...{ target, since },
      holders:
        entry.kind === 'policy' ? (entry.members ?? []).slice(0, MOST_TOLD) : [`${entry.kind}/${entry.name}`],
    })),
  });
  // Told by an execution, because only it may talk to people.
  await executions.start(`sweep-${id}`, JSON.stringify({ sweep: id }));
}
