import type { PackedDocument } from '../inspection/packed-document.ts';
import type { InspectionSummary } from '../inspection/summarise.ts';
import { listAlong } from './along-the-way.ts';
import type { ApprovalRequest, Containment, Surroundings } from './request.ts';
import { setOnRequest } from './requests.ts';
import type { Condition, Store } from './store.ts';
import { exists, fromItem, PENDING, readStored, type StoredRequest, withStatus } from './stored-request.ts';
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
    storeQuarantined: async (id, late) => {
      const set = Object.fromEntries(Object.entries(late).filter(([, value]) => value !== undefined));
      await store.update(requestKey(id), set, STILL_IN_FORCE, ['inForceBecause']);
    },
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
