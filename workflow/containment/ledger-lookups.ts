import type { Change, Target } from '../events/change.ts';
import { startedAgainAsked } from '../events/started-again.ts';
import { type PackedDocument, unpack } from '../inspection/packed-document.ts';
import { entryOf, type Stood, stoodBefore } from '../inventory/stood-before.ts';
import type { Approval } from '../ledger/decisions.ts';
import type { Intent } from '../ledger/intents.ts';
import type { InventoryEntry } from '../ledger/inventory.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import type { Log } from '../runtime/logger.ts';

/** The ledger can only make an answer milder; a restricted change does not wait longer than this for it. */
export const LEDGER_TIMEOUT_MS = 500;

/** The ledger, where it may help but must never delay: what it does not tell in time is not known. */
export interface LedgerLookups {
  /** @returns undefined also when the ledger does not answer */
  recorded(requestId: string): Promise<ApprovalRequest | undefined>;
  /** Whether another execution has brought this change to its decision. @returns false also when the ledger does not answer */
  isDecidedElsewhere(requestId: string, executionArn: string): Promise<boolean>;
  /** @returns undefined also when the ledger does not answer: not approved */
  approvalOf(targetKey: string, sha256: string): Promise<Approval | undefined>;
  /** The documents on this target that there may be an approval of, by their hashes. @returns undefined when the ledger does not answer */
  reviewedOn(targetKey: string): Promise<ReadonlySet<string> | undefined>;
  /** Whether the guard may have put this in force. @returns false also when the ledger does not answer */
  mayHavePutBack(targetKey: string, sha256: string): Promise<boolean>;
  /** @returns nothing also when the ledger does not answer */
  requestsUnderReview(policyArn: string): Promise<readonly ApprovalRequest[]>;
  /** @returns nothing also when the ledger does not answer */
  versionsUnderReview(policyArn: string): Promise<readonly string[]>;
  /** The pending request about this document. @returns undefined also when the ledger does not answer */
  waitingFor(targetKey: string, sha256: string): Promise<string | undefined>;
  /** What the inventory knows of who holds a target. @returns undefined also when the ledger does not answer */
  inventoryOf(target: Target): Promise<InventoryEntry | undefined>;
  /** The same, told apart: without an entry where there is none, undefined where the ledger does not answer. */
  inventoryNamed(target: Target): Promise<{ entry?: InventoryEntry } | undefined>;
  /**
   * What the inventory knows of users or groups by their unique ids, whatever they were called. @returns undefined when the
   * ledger does not answer
   */
  inventoryOfIds(
    kind: InventoryEntry['kind'],
    ids: readonly string[],
  ): Promise<readonly InventoryEntry[] | undefined>;
  /**
   * The unique id of the user or group that a change was made of, where it has given up its name since. @returns undefined
   * also when the ledger does not answer
   */
  formerHolder(change: Pick<Change, 'target' | 'eventTime'>): Promise<string | undefined>;
  /** Which document stood where a change put this one. @returns undefined where it is not known, or the ledger does not answer */
  stoodBefore(change: Pick<Change, 'accountId' | 'target'>, sha256: string): Promise<KnownPlace | undefined>;
  /**
   * Whether the guard has started an execution in place of one that died. @returns what its name says when the ledger
   * does not answer: what has died may have been at work
   */
  isStartedAgain(executionArn: string): Promise<boolean>;
  /** What the guard has begun on a target, newest change first. @returns undefined when the ledger does not answer */
  intents(targetKey: string): Promise<readonly Intent[] | undefined>;
  /** Keeps what is about to be done: in the ledger or, when that does not answer, in full in the log. */
  keepIntent(intent: Intent): Promise<void>;
  /** Keeps a document: in the ledger or, when that does not answer, in full in the log. */
  archive(policyArn: string, versionId: string, document: PackedDocument, at: string): Promise<void>;
}

/** A place in the inventory, and what stood there before a change, the most probable first. */
export interface KnownPlace {
  /** The unique id of the user, group, role or policy that the inventory has seen. */
  id: string;
  stood: (Omit<Stood, 'document'> & { document: string; approval?: Approval | undefined })[];
}

type LedgerPart = Pick<
  Ledger,
  | 'read'
  | 'readInventory'
  | 'listInventoryOf'
  | 'findApproval'
  | 'reviewedOn'
  | 'mayHavePutBack'
  | 'findPending'
  | 'requestsUnderReview'
  | 'versionsUnderReview'
  | 'archiveVersion'
  | 'findIntents'
  | 'keepIntent'
  | 'readRestart'
  | 'formerHolder'
>;

/** @param timeoutMs how long any one lookup may take, in milliseconds */
export function createLedgerLookups(ledger: LedgerPart, timeoutMs: number, log: Log): LedgerLookups {
  const ask = <T>(what: string, question: () => Promise<T>) =>
    bestEffort(log.warn, `Nothing told ${what}; going on without it.`, {}, () =>
      inTime(question(), timeoutMs),
    );
  const inventoryNamed = (target: Target) => {
    const { kind, name } = entryOf(target);
    return ask(`what is known of ${kind} ${name}`, async () => {
      const entry = await ledger.readInventory(kind, name);
      return entry === undefined ? {} : { entry };
    });
  };
  return {
    recorded: (id) => ask(`whether ${id} is recorded`, () => ledger.read(id)),
    isDecidedElsewhere: async (id, executionArn) => {
      const request = await ask(`whether ${id} is decided`, () => ledger.read(id));
      return request !== undefined && request.status !== 'pending' && request.executionArn !== executionArn;
    },
    approvalOf: (key, sha256) =>
      ask(`whether ${sha256} is approved on ${key}`, () => ledger.findApproval(key, sha256)),
    reviewedOn: (key) => ask(`what was asked about on ${key}`, () => ledger.reviewedOn(key)),
    mayHavePutBack: async (key, sha256) =>
      (await ask(`whether ${sha256} was put back on ${key}`, () => ledger.mayHavePutBack(key, sha256))) ??
      false,
    requestsUnderReview: async (arn) =>
      (await ask(`which requests review ${arn}`, () => ledger.requestsUnderReview(arn))) ?? [],
    versionsUnderReview: async (arn) =>
      (await ask(`which versions of ${arn} are under review`, () => ledger.versionsUnderReview(arn))) ?? [],
    waitingFor: (key, sha256) =>
      ask(`whether ${sha256} waits on ${key}`, () => ledger.findPending(key, sha256)),
    inventoryNamed,
    inventoryOf: async (target) => (await inventoryNamed(target))?.entry,
    inventoryOfIds: (kind, ids) =>
      ask(`what is known of ${kind} ${ids.join(', ')}`, () => ledger.listInventoryOf(kind, ids)),
    formerHolder: async ({ target, eventTime }) => {
      if (target.type === 'managed-policy') return undefined;
      const { entity, entityName } = target;
      return ask(`who was ${entity} ${entityName}`, () => ledger.formerHolder(entity, entityName, eventTime));
    },
    stoodBefore: ({ accountId, target }, sha256) => {
      const key = targetKey(accountId, target);
      return ask(`what stood at ${key} before`, () => readPlace(ledger, target, key, sha256));
    },
    isStartedAgain: async (executionArn) => {
      const found = await startedAgainAsked(executionArn, (root) =>
        ask(`whether ${executionArn} was started again`, async () => ({
          kept: await ledger.readRestart(root),
        })),
      );
      return found !== undefined;
    },
    intents: (key) => ask(`what was begun on ${key}`, () => ledger.findIntents(key)),
    keepIntent: async (intent) => {
      try {
        await inTime(ledger.keepIntent(intent), timeoutMs);
      } catch (error) {
        const fields = { error, ...intent, document: unpack(intent.document) };
        log.error('The ledger did not take what was begun; the document that goes is kept here.', fields);
      }
    },
    archive: async (policyArn, versionId, document, at) => {
      try {
        await inTime(ledger.archiveVersion(policyArn, versionId, document, at), timeoutMs);
      } catch (error) {
        const fields = { error, policyArn, versionId, at, document: unpack(document) };
        log.error('The ledger did not take an archived version; its document is kept here.', fields);
      }
    },
  };
}

/** One question, so that both reads together take no longer than one. */
async function readPlace(
  ledger: Pick<LedgerPart, 'readInventory' | 'findApproval'>,
  target: Target,
  key: string,
  sha256: string,
): Promise<KnownPlace | undefined> {
  const { kind, name } = entryOf(target);
  const entry = await ledger.readInventory(kind, name);
  const stood = entry && stoodBefore(entry, key, sha256);
  if (entry === undefined || stood === undefined) return undefined;
  const read = stood.map(async ({ document, ...each }) => ({
    ...each,
    document: unpack(document),
    approval: await ledger.findApproval(key, document.sha256),
  }));
  return { id: entry.id, stood: await Promise.all(read) };
}
