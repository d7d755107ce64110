import type { PackedDocument } from '../inspection/packed-document.ts';
import type { InspectionSummary } from '../inspection/summarise.ts';
import { listAlong } from './along-the-way.ts';
import { claimDocument } from './document-pointer.ts';
import { draftIdOf } from './draft.ts';
import type { ApprovalRequest, Containment, Surroundings } from './request.ts';
import { setOnRequest } from './requests.ts';
import type { Condition, Store } from './store.ts';
import {
  exists,
  fromItem,
  isDraft,
  PENDING,
  readStored,
  type StoredRequest,
  withStatus,
} from './stored-request.ts';
import { requestKey, statusIndexKey } from './table.ts';

/** A request with all that is known of its way; the task token goes to nobody but Step Functions. */
export type OpenRequest = Pick<
  StoredRequest,
  | 'request'
  | 'taskToken'
  | 'handovers'
  | 'handedOverAt'
  | 'formerExecutions'
  | 'soon'
  | 'announcedAt'
  | 'escalatedAt'
>;

/** What quarantine did for a request that was made while the grant was still in force. */
export interface LateQuarantine {
  containment: Containment;
  quarantinedAt: string;
  inspection: InspectionSummary;
  document?: PackedDocument;
  surroundings?: Surroundings;
  /** People get their time from now on. */
  expiresAt: string;
}

/** Requests that are not at their end yet, and which execution works for each. Times are ISO 8601, UTC. */
export interface OpenRequests {
  /** Every request that waits or is decided and not carried out. Eventually consistent. */
  listOpen(): Promise<OpenRequest[]>;
  /** Strongly consistent; of any status. */
  readOpen(id: string): Promise<OpenRequest | undefined>;
  /**
   * From now on another execution works for the request, and no other. Only while it is as it was `seen`.
   *
   * @returns false when somebody else was first
   */
  handOver(seen: OpenRequest, executionArn: string, at: string): Promise<boolean>;
  /** It is taken up however short ago it was before, if its execution is dead. @returns false when it has ended */
  resumeSoon(id: string): Promise<boolean>;
  /** Nothing asks once more by itself about what was approved; `reopen` does. Safe to repeat. */
  storeToOpen(id: string): Promise<void>;
  /**
   * What was approved, and not put back for want of room or for others than it was approved for, is tried once more.
   *
   * @returns false when it did not end so
   */
  reopen(id: string): Promise<boolean>;
  /** Somebody was told how the request ended. Safe to repeat. */
  storeAnnounced(id: string, at: string): Promise<void>;
  /** Taken out of force at last: the request waits, or is decided, like any other. Safe to repeat. */
  storeQuarantined(id: string, late: LateQuarantine): Promise<void>;
  /** Somebody was told loudly that it cannot go on. Safe to repeat. */
  storeEscalated(id: string, at: string): Promise<void>;
}

export function openRequestsOver(store: Store): OpenRequests {
  return {
    listOpen: () =>
      listAlong(
        ['pending', 'decided'],
        (status) => listOf(store, status),
        ({ request }) => request.id,
      ),
    readOpen: (id) => readStored(store, id),
    handOver: (seen, executionArn, at) => handOver(store, seen, executionArn, at),
    resumeSoon: async (id) => (await store.update(requestKey(id), { soon: true }, OPEN)) !== undefined,
    storeToOpen: (id) => setOnRequest(store, id, { toOpen: true }),
    reopen: (id) => reopen(store, id),
    storeAnnounced: (id, announcedAt) => setOnRequest(store, id, { announcedAt }),
    storeEscalated: (id, escalatedAt) => setOnRequest(store, id, { escalatedAt }),
    storeQuarantined: (id, late) => storeQuarantined(store, id, late),
  };
}

const OPEN: Condition = {
  expression: '#status = :pending OR #status = :decided',
  values: { ...PENDING, ':decided': 'decided' },
};

const STILL_IN_FORCE: Condition = {
  ...OPEN,
  expression: `(${OPEN.expression}) AND attribute_exists(#inForceBecause)`,
};

const PENDING_IN_FORCE: Condition = {
  expression: '#status = :pending AND attribute_exists(#inForceBecause)',
  values: PENDING,
};

async function storeQuarantined(store: Store, id: string, late: LateQuarantine): Promise<void> {
  const key = requestKey(id);
  const set = Object.fromEntries(Object.entries(late).filter(([, value]) => value !== undefined));
  const claim = late.document && (await claimLate(store, id, late.document));
  const claimed = claim && (await store.update(key, { ...set, claim }, PENDING_IN_FORCE, ['inForceBecause']));
  if (claimed === undefined) await store.update(key, set, STILL_IN_FORCE, ['inForceBecause']);
}

/**
 * What could not be read when people were asked is read now: the request claims it, so that what they approve is found by
 * it. Not after their decision, which was about something else.
 *
 * @returns undefined where there is nothing to claim, or another request reviews this very document already
 */
async function claimLate(store: Store, id: string, document: PackedDocument): Promise<string | undefined> {
  const item = await store.get(requestKey(id));
  if (item === undefined || isDraft(item)) return undefined;
  const { request } = fromItem(item);
  const waits = request.status === 'pending' && request.inForceBecause !== undefined;
  if (!waits || request.document !== undefined) return undefined;
  const claim = await claimDocument(store, {
    draftId: draftIdOf(item),
    request: { ...request, document },
  });
  return claim === 'overtaken' || claim.status === 'held' ? undefined : claim.nonce;
}

const NOT_PUT_BACK: Condition = {
  expression:
    '#status = :closed AND attribute_exists(#decision) AND (#outcome = :noRoom OR attribute_exists(#toOpen))',
  values: { ':closed': 'closed', ':noRoom': 'no-room' },
};

/** A version of a managed policy is not kept from being archived again: Restore makes anew what it does not find. */
async function reopen(store: Store, id: string): Promise<boolean> {
  const set = { ...withStatus('decided'), opened: true, soon: true };
  const ending = ['outcome', 'outcomeDetail', 'closedAt', 'announcedAt', 'toOpen'];
  return (await store.update(requestKey(id), set, NOT_PUT_BACK, ending)) !== undefined;
}

async function listOf(store: Store, status: ApprovalRequest['status']): Promise<OpenRequest[]> {
  return (await store.query({ index: true, partition: statusIndexKey(status) })).map(fromItem);
}

/** A dead execution is looked at for half an hour; in that time there are far fewer. */
const REMEMBERED = 20;

/** Conditional on the execution and the count of handovers: of two that want it, one gets it. */
async function handOver(
  store: Store,
  { request, handovers, formerExecutions = [] }: OpenRequest,
  executionArn: string,
  handedOverAt: string,
): Promise<boolean> {
  const unchanged = handovers === 0 ? 'attribute_not_exists(#handovers)' : '#handovers = :seen';
  const condition: Condition = {
    expression: `${exists.expression} AND #executionArn = :from AND ${unchanged}`,
    values: { ...exists.values, ':from': request.executionArn, ...(handovers > 0 && { ':seen': handovers }) },
  };
  const former = [...formerExecutions, request.executionArn].slice(-REMEMBERED);
  const set = { executionArn, handovers: handovers + 1, handedOverAt, formerExecutions: former };
  return (await store.update(requestKey(request.id), set, condition, ['soon'])) !== undefined;
}
