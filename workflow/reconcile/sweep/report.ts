import { restrictedNow } from '../../inventory/compare.ts';
import {
  type Grant,
  holdersOf,
  type InventoryEntry,
  isRecent,
  isUnasked,
  type SweepReport,
} from '../../ledger/inventory.ts';
import type { Compared } from './compare-all.ts';
import type { SweepTools } from './tools.ts';

interface Held {
  grant: Grant;
  entry: InventoryEntry;
}

interface ToTell {
  /** Whether this run takes stock. */
  isFirst: boolean;
  compared: readonly Compared[];
  /** What is to be asked about once an approver says so. */
  held: readonly Held[];
  at: string;
}

/** Has people told, once, of restricted grants that a sweep has left alone. */
export async function tell(tools: SweepTools, { isFirst, compared, held, at }: ToTell): Promise<void> {
  if (isFirst) {
    const stock = compared.flatMap(({ entry }) => withEntry(Object.values(entry.grants), entry));
    return tellOf(
      tools,
      'stock',
      stock.filter(({ grant }) => isUnasked(grant)),
      at,
    );
  }
  const reported = compared.flatMap((one) =>
    withEntry(restrictedNow(one.known, one.entry), one.entry).map((each) => ({
      ...each,
      kind: whyOf(one, each),
    })),
  );
  const newlyHeld = held.filter(({ grant }) => grant.status !== 'held');
  await tellOf(tools, 'held', newlyHeld, at);
  for (const kind of ['changed', 'forgotten'] as const) {
    await tellOf(
      tools,
      kind,
      reported.filter((each) => each.kind === kind),
      at,
    );
  }
}

const withEntry = (grants: readonly Grant[], entry: InventoryEntry): Held[] =>
  grants.map((grant) => ({ grant, entry }));

/** What the inventory knew as it is counts for more now; of the rest the ledger should have known. */
function whyOf({ known, entry }: Compared, { grant: { sha256 } }: Held): 'changed' | 'forgotten' {
  const isKnown =
    known?.id === entry.id &&
    Object.values(known.grants).some((each) => each.sha256 === sha256 && each.status !== 'open');
  return isKnown ? 'changed' : 'forgotten';
}

/** As many as a message has room for; `/policy-guard baseline` lists all of them. */
const MOST_TOLD = 20;

/** Nothing is told of none. */
async function tellOf(
  { ledger, executions }: SweepTools,
  kind: SweepReport['kind'],
  grants: readonly Held[],
  at: string,
): Promise<void> {
  if (grants.length === 0) return;
  const id = `${kind}-${at.replaceAll(/\W/g, '')}`;
  const told = grants
    .toSorted((one, other) => (one.grant.since < other.grant.since ? 1 : -1))
    .map(({ grant: { target, since, older, by }, entry }) => ({
      ...{ target, since, ...(older && { older }), ...(by !== undefined && { by }) },
      recent: isRecent({ since, older }, new Date(at)),
      holders: holdersOf(entry).slice(0, MOST_TOLD),
    }));
  const recentFirst = [...told.filter(({ recent }) => recent), ...told.filter(({ recent }) => !recent)];
  await ledger.keepSweepReport({
    ...{ id, at, kind, count: told.length, recent: told.filter(({ recent }) => recent).length },
    grants: recentFirst.slice(0, MOST_TOLD),
  });
  // Told by an execution, because only it may talk to people.
  await executions.start(`sweep-${id}`, JSON.stringify({ sweep: id }));
}
