import * as z from '../runtime/zod.ts';
import { CorruptLedgerItemError } from './errors.ts';
import { itemReader } from './read-item.ts';
import { type ApprovalRequest, requestSchema } from './request.ts';
import type { Item, Store } from './store.ts';
import { requestKey, statusIndexKey } from './table.ts';

/** A request as it lies in the table: with the task token, which goes to nobody but Step Functions. */
export interface StoredRequest {
  request: ApprovalRequest;
  taskToken?: string;
  /** Names the one `decide` call that won. */
  decisionId?: string;
  /** Names the `approve` calls that were counted, in the order of the votes. */
  voteIds: string[];
  /** Names the newest `storeRequester` call. */
  identifiedId?: string;
  /** Names the newest `addRemark` call. */
  remarkId?: string;
  /** The nonce of its claim on the document (see `recordRequest`). */
  claim?: string;
  /** How often another execution was given the request. */
  handovers: number;
  handedOverAt?: string;
  /** The executions that it belonged to before. */
  formerExecutions?: string[];
  /** Somebody has asked for it to be taken up now. */
  soon?: boolean;
  /** When somebody was told how it ended. */
  announcedAt?: string;
  /** When somebody was told loudly that it cannot go on. */
  escalatedAt?: string;
}

/** A draft is no request yet: it is read, listed and decided by nobody until it becomes `pending`. */
export const DRAFT = 'draft';

const bookkeeping = z.object({
  taskToken: z.optional(z.string()),
  decisionId: z.optional(z.string()),
  voteIds: z.optional(z.array(z.string())),
  identifiedId: z.optional(z.string()),
  remarkId: z.optional(z.string()),
  claim: z.optional(z.string()),
  handovers: z.optional(z.int().check(z.positive())),
  handedOverAt: z.optional(z.iso.datetime()),
  formerExecutions: z.optional(z.array(z.string())),
  soon: z.optional(z.boolean()),
  announcedAt: z.optional(z.iso.datetime()),
  escalatedAt: z.optional(z.iso.datetime()),
});

/** Conditions and values of conditions on a request. */
export const PENDING = { ':pending': 'pending' };
export const exists = {
  expression: 'attribute_exists(#pk) AND #status <> :draft',
  values: { ':draft': DRAFT },
};

/** @returns undefined when there is no such request, or only its draft */
export async function readStored(store: Store, id: string): Promise<StoredRequest | undefined> {
  const item = await store.get(requestKey(id));
  return item === undefined || isDraft(item) ? undefined : fromItem(item);
}

export function isDraft(item: Item): boolean {
  return item.status === DRAFT;
}

const readRequest = itemReader(requestSchema);
const readBookkeeping = itemReader(bookkeeping);

/** @throws CorruptLedgerItemError when the item is not a request as this code writes them */
export function fromItem(item: Item): StoredRequest {
  const request = readRequest(item);
  const rest = readBookkeeping(item);
  if (requestKey(request.id).pk !== item.pk) {
    throw new CorruptLedgerItemError(item.pk, item.sk, `It holds the request ${request.id}.`);
  }
  const { voteIds = [], handovers = 0 } = rest;
  const stored = { request, ...rest, voteIds, handovers };
  readWith.set(stored.request, stored);
  return stored;
}

/** What was read with each request, for whoever is handed the request alone. */
const readWith = new WeakMap<ApprovalRequest, StoredRequest>();

/** @returns undefined for a request that does not come out of the ledger as it is */
export function storedWith(request: ApprovalRequest): StoredRequest | undefined {
  return readWith.get(request);
}

export function toDraft(request: ApprovalRequest): Item {
  return { ...request, ...requestKey(request.id), status: DRAFT };
}

/** What changes with a request's status: the status, and the place in the index. */
export function withStatus(status: ApprovalRequest['status']) {
  return { status, gsi1pk: statusIndexKey(status) };
}

/** The place among the requests of its status: by age. */
export function indexPlace(request: ApprovalRequest): string {
  return `${request.createdAt}#${request.id}`;
}
