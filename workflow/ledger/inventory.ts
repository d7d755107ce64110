import { randomUUID } from 'node:crypto';
import { changeSchema, requesterSchema } from '../events/change.ts';
import { packedDocumentSchema } from '../inspection/packed-document.ts';
import * as z from '../runtime/zod.ts';
import { itemReader, readItem } from './read-item.ts';
import type { Condition, Store } from './store.ts';
import {
  inventoryKey,
  inventoryNameKey,
  RESTRICTED_INDEX_KEY,
  sweepFoundKey,
  sweepReportKey,
  sweepStateKey,
} from './table.ts';

const time = z.iso.datetime();

/** One grant that is in force, as it was last seen. */
const grantSchema = z.object({
  target: changeSchema.shape.target,
  /** Of the document; of an attachment by the policy's ARN and id, for AWS changes documents of its own policies. */
  sha256: z.string(),
  /** Missing for attachments, whose document is the policy's, and where the item has no room for it. */
  document: z.optional(packedDocumentSchema),
  /** What stood in its place before, where the inventory saw it. */
  before: z.optional(packedDocumentSchema),
  /** Since when it is in force: as IAM tells, which keeps it for versions alone, else as it was first seen. */
  since: time,
  /** It is in force since before `since`: neither IAM nor CloudTrail's history tells how long. */
  older: z.optional(z.boolean()),
  /** Who has put it in force, in one line, where the first run found it in CloudTrail's history. */
  by: z.optional(z.string()),
  /** When a reading saw it first as it is. */
  seenAt: time,
  /**
   * Of an attachment: when the first reading that has shown it was over. What is attached later finds it there. Missing in
   * what an older version has kept, until it is read again.
   */
  shownAt: z.optional(time),
  /** Whether it grants something restricted. */
  restricted: z.boolean(),
  /** What it grants of that is only reported. */
  observed: z.optional(z.boolean()),
  /** Who made it, where it was left alone because they were exempt. */
  exempt: z.optional(requesterSchema),
  /**
   * `stock`: in force when the first run took stock. `known`: harmless, or the ledger knows it. `open`: new, and not
   * looked at yet. `held`: to be asked about once an approver says so. `reported`: restricted though nobody has changed
   * it. `found`: an execution was started for it.
   */
  status: z.enum(['stock', 'known', 'open', 'held', 'reported', 'found']),
  /**
   * Of the stock, and of what somebody exempt made: when it was taken away, or replaced, as an event tells. It stands all the same, so it was put back; or
   * the event is not true, which CloudTrail shows.
   */
  endedAt: z.optional(time),
  /** When an execution was started for it. */
  foundAt: z.optional(time),
  /** An approver has put it to the channel. */
  asked: z.optional(z.boolean()),
});
export type Grant = z.infer<typeof grantSchema>;

export const INVENTORY_KINDS = ['policy', 'user', 'group', 'role'] as const;

/** What one principal holds, or one managed policy grants: one item. */
const entrySchema = z.object({
  kind: z.enum(INVENTORY_KINDS),
  /** Of a policy its ARN. */
  name: z.string(),
  /** `AROA…`, `ANPA…`: another one of the same name has another id. */
  id: z.string(),
  arn: z.string(),
  /** A role's trust policy. */
  trust: z.optional(packedDocumentSchema),
  /** Names of a group's users; of a policy the holders. */
  members: z.optional(z.array(z.string())),
  /** By `targetKey`. */
  grants: z.record(z.string(), grantSchema),
  /** Of a user or group: by which unique id and name it is found; see `listInventoryOf`. */
  foundBy: z.optional(z.string()),
  /** Another one with each write; missing before the first. */
  revision: z.optional(z.string()),
});
export type InventoryEntry = z.infer<typeof entrySchema>;

const stateSchema = z.object({
  /** When the first run had taken stock of everything. */
  firstRunAt: time,
  /** When the newest sweep that came through began. */
  completeAt: time,
  /** How many grants it had to find: restricted, in force, and no event had come. */
  found: z.int().check(z.nonnegative()),
});
export type SweepState = z.infer<typeof stateSchema>;

const reportSchema = z.object({
  id: z.string(),
  at: time,
  /**
   * `stock`: the first run. `held`: too many at once. `changed`: restricted now, and nobody has changed them.
   * `forgotten`: in force, and the ledger knows nothing of them any more.
   */
  kind: z.enum(['stock', 'held', 'changed', 'forgotten']),
  count: z.int().check(z.positive()),
  /** How many of them came into force in the time that CloudTrail's history shows. */
  recent: z.int().check(z.nonnegative()),
  /** The first of them, the newest first. */
  grants: z.array(
    z.extend(z.pick(grantSchema, { target: true, since: true, older: true, by: true }), {
      recent: z.boolean(),
      holders: z.array(z.string()),
    }),
  ),
});
export type SweepReport = z.infer<typeof reportSchema>;

/**
 * What is in force, as last seen: by a sweep of reconcile, or by inspect after an event. Each write counts only while the
 * entry is as it was when it was read, before IAM was: so no older reading ever overwrites a newer one.
 */
export interface Inventory {
  listInventory(kind: InventoryEntry['kind']): Promise<InventoryEntry[]>;
  /**
   * Of users or groups with these unique ids, whatever they were called. What is written of one keeps beside it under which
   * name: that stays when the entry goes, for no unique id ever comes back, and whoever follows it looks at the entry.
   */
  listInventoryOf(kind: InventoryEntry['kind'], ids: readonly string[]): Promise<InventoryEntry[]>;
  readInventory(kind: InventoryEntry['kind'], name: string): Promise<InventoryEntry | undefined>;
  /** @returns false when somebody has written the entry since it was read */
  putInventory(entry: InventoryEntry): Promise<boolean>;
  /** @returns false when somebody has written the entry since it was read */
  removeInventory(entry: Pick<InventoryEntry, 'kind' | 'name' | 'revision'>): Promise<boolean>;
  /** Entries with a restricted grant that nobody was asked about. Eventually consistent. */
  listRestrictedInventory(): Promise<InventoryEntry[]>;
  /** An approver puts a grant to the channel: the next sweep starts an execution. @returns whether it is there */
  askAboutGrant(kind: InventoryEntry['kind'], name: string, targetKey: string): Promise<boolean>;
  /** @returns undefined before the first run */
  readSweepState(): Promise<SweepState | undefined>;
  storeSweepState(state: SweepState): Promise<void>;
  keepSweepReport(report: SweepReport): Promise<void>;
  readSweepReport(id: string): Promise<SweepReport | undefined>;
  /** The sweep itself has seen what this event is about. */
  keepFound(eventId: string, at: string): Promise<void>;
  isFound(eventId: string): Promise<boolean>;
}

/** Nobody was asked about it, and it is in force. */
export function isUnasked(grant: Grant): boolean {
  const { restricted, status } = grant;
  if (!restricted) return false;
  return status === 'held' || ((status === 'stock' || status === 'reported') && standsAlone(grant));
}

/** Whether an entry is found by its unique id, as far as that is asked for: an older version kept it by its name alone. */
export function isFoundById(entry: InventoryEntry): boolean {
  return !canBeRenamed(entry) || entry.foundBy === idAndName(entry);
}

/** Only users and groups are given other names. */
export const canBeRenamed = ({ kind }: InventoryEntry) => kind === 'user' || kind === 'group';

const idAndName = ({ id, name }: InventoryEntry) => `${id} ${name.toLowerCase()}`;

/** Who holds what an entry grants: `role/deployer`; of a group its users too. */
export function holdersOf({ kind, name, members = [] }: InventoryEntry): string[] {
  if (kind === 'policy') return members;
  return [`${kind}/${name}`, ...members.map((user) => `user/${user}`)];
}

/** How far CloudTrail's event history reaches back. Milliseconds. */
export const HISTORY_MS = 90 * 24 * 60 * 60_000;

/** Whether a grant came into force in the time that CloudTrail's event history shows. */
export function isRecent({ since, older }: Pick<Grant, 'since' | 'older'>, now: Date): boolean {
  return older !== true && now.getTime() - Date.parse(since) <= HISTORY_MS;
}

/** What a policy of the account grants is told of the policy, with whoever holds it. */
export function standsAlone({ target }: Pick<Grant, 'target'>): boolean {
  return target.type !== 'attachment' || target.policyArn.includes('::aws:');
}

export function inventoryOver(store: Store): Inventory {
  return {
    listInventory: async (kind) =>
      (await store.query({ index: false, partition: inventoryKey(kind, '').pk })).map(
        itemReader(entrySchema),
      ),
    listInventoryOf: (kind, ids) => listOf(store, kind, ids),
    readInventory: (kind, name) => readItem(store, inventoryKey(kind, name), entrySchema),
    putInventory: async (given) => {
      const entry = canBeRenamed(given) ? { ...given, foundBy: idAndName(given) } : given;
      // First, so that whatever is there is found.
      if (!isFoundById(given)) await store.put({ ...inventoryNameKey(entry.id, entry.name) });
      const place = Object.values(entry.grants).some(isUnasked)
        ? { gsi1pk: RESTRICTED_INDEX_KEY, gsi1sk: `${entry.kind}#${entry.name}` }
        : {};
      const item = { ...entry, revision: randomUUID(), ...inventoryKey(entry.kind, entry.name), ...place };
      return store.put(item, asRead(entry));
    },
    removeInventory: (entry) => store.remove(inventoryKey(entry.kind, entry.name), asRead(entry)),
    listRestrictedInventory: async () =>
      (await store.query({ index: true, partition: RESTRICTED_INDEX_KEY })).map(itemReader(entrySchema)),
    askAboutGrant: (kind, name, key) => askAbout(store, { kind, name, key }, MOST_TRIES),
    readSweepState: () => readItem(store, sweepStateKey, stateSchema),
    storeSweepState: async (state) => {
      await store.put({ ...state, ...sweepStateKey });
    },
    keepSweepReport: async (report) => {
      await store.put({ ...report, ...sweepReportKey(report.id) });
    },
    readSweepReport: (id) => readItem(store, sweepReportKey(id), reportSchema),
    keepFound: async (eventId, at) => {
      await store.put({ at, ...sweepFoundKey(eventId) });
    },
    isFound: async (eventId) => (await store.get(sweepFoundKey(eventId))) !== undefined,
  };
}

async function listOf(
  store: Store,
  kind: InventoryEntry['kind'],
  ids: readonly string[],
): Promise<InventoryEntry[]> {
  const partitions = [...new Set(ids)].map((id) => inventoryNameKey(id, '').pk);
  const found = await Promise.all(partitions.map((partition) => store.query({ index: false, partition })));
  const keys = new Map(found.flat().map(({ sk }) => [sk, inventoryKey(kind, sk)]));
  const entries = await Promise.all([...keys.values()].map((key) => readItem(store, key, entrySchema)));
  return entries.filter((entry) => entry !== undefined && ids.includes(entry.id)) as InventoryEntry[];
}

/** An event or a sweep may write the entry meanwhile. */
const MOST_TRIES = 5;

async function askAbout(
  store: Store,
  { kind, name, key }: Pick<InventoryEntry, 'kind' | 'name'> & { key: string },
  tries: number,
): Promise<boolean> {
  const entry = await readItem(store, inventoryKey(kind, name), entrySchema);
  const grant = entry?.grants[key];
  if (entry === undefined || grant === undefined || !isUnasked(grant) || tries === 0) return false;
  const grants = { ...entry.grants, [key]: { ...grant, asked: true } };
  const set = { grants, revision: randomUUID() };
  const written = await store.update(inventoryKey(kind, name), set, asRead(entry));
  return written !== undefined || askAbout(store, { kind, name, key }, tries - 1);
}

function asRead({ revision }: Pick<InventoryEntry, 'revision'>): Condition {
  return revision === undefined
    ? { expression: 'attribute_not_exists(#revision)' }
    : { expression: '#revision = :revision', values: { ':revision': revision } };
}
