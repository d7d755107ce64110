import type { PackedDocument } from '../inspection/packed-document.ts';
import { UnknownRequestError } from './errors.ts';
import { listHistory } from './history.ts';
import type { ApprovalRequest, Containment, Outcome, SlackMessageRef } from './request.ts';
import type { Store } from './store.ts';
import { exists, fromItem, PENDING, readStored, withStatus } from './stored-request.ts';
import { archiveKey, requestKey, reviewKey, statusIndexKey } from './table.ts';

/** The outcomes that a request which waited can have; the others end an execution before anybody is asked. */
type RequestEnd = Exclude<
  Outcome,
  'allowed' | 'duplicate' | 'observed' | 'exempt' | 'foreign' | 'unfinished'
>;

/** More requests than there ever are on one target at once. */
export const MOST_REQUESTS = 100;

/** Requests: read, told of, closed. */
export interface RequestLedger {
  /** Quarantine was repeated for a request that waits; what it left in force now. Safe to repeat. */
  storeContainment(id: string, containment: Containment, quarantinedAt: string): Promise<void>;
  /** Strongly consistent read. */
  read(id: string): Promise<ApprovalRequest | undefined>;
  storeSlackMessage(id: string, message: SlackMessageRef): Promise<void>;
  /** Where the requester was told in a direct message. */
  storeRequesterMessage(id: string, message: SlackMessageRef): Promise<void>;
  storeEmailed(id: string, at: string): Promise<void>;
  /** Somebody looks at a request; the newest counts. */
  storeLooking(id: string, looking: NonNullable<ApprovalRequest['looking']>): Promise<void>;
  /**
   * One execution tells loudly that the grant is put back again and again while the request waits; safe to repeat.
   *
   * @returns false for every other execution
   */
  claimPutBacks(id: string, executionArn: string): Promise<boolean>;
  /**
   * The request has ended; idempotent, and nothing happens when it was never recorded. Only the execution that
   * recorded it may say so: a duplicate's execution has no request of its own to close.
   */
  close(id: string, outcome: RequestEnd, detail: string, at: string): Promise<void>;
  /** Newest first. */
  list(status: ApprovalRequest['status'], limit: number): Promise<ApprovalRequest[]>;
  /** Earlier and later requests on the same target (`targetKey`), newest first. */
  listByTarget(targetKey: string, limit: number): Promise<ApprovalRequest[]>;
  /** Earlier and later requests by the same requester (`requesterKey`), newest first. */
  listByRequester(requesterKey: string, limit: number): Promise<ApprovalRequest[]>;
  /** The requests about versions of one managed policy that are pending, or decided and not yet carried out. */
  requestsUnderReview(policyArn: string): Promise<ApprovalRequest[]>;
  /** The ids of the versions that they need. */
  versionsUnderReview(policyArn: string): Promise<string[]>;
  /** Keeps a version's document before the version is deleted to make room. */
  archiveVersion(policyArn: string, versionId: string, document: PackedDocument, at: string): Promise<void>;
}

export function requestsOver(store: Store): RequestLedger {
  return {
    storeContainment: async (id, containment, quarantinedAt) => {
      const pending = { expression: '#status = :pending', values: PENDING };
      await store.update(requestKey(id), { containment, quarantinedAt }, pending);
    },
    read: async (id) => (await readStored(store, id))?.request,
    storeSlackMessage: (id, slack) => setOnRequest(store, id, { slack }),
    storeRequesterMessage: (id, requesterMessage) => setOnRequest(store, id, { requesterMessage }),
    storeEmailed: (id, emailedAt) => setOnRequest(store, id, { emailedAt }),
    storeLooking: (id, looking) => setOnRequest(store, id, { looking }),
    claimPutBacks: async (id, executionArn) => {
      const first = {
        expression: `${exists.expression} AND (attribute_not_exists(#putBacksBy) OR #putBacksBy = :me)`,
        values: { ...exists.values, ':me': executionArn },
      };
      return (await store.update(requestKey(id), { putBacksBy: executionArn }, first)) !== undefined;
    },
    close: (id, outcome, detail, at) => close(store, id, outcome, detail, at),
    list: async (status, limit) => {
      const query = { index: true, partition: statusIndexKey(status), newestFirst: true, limit };
      return (await store.query(query)).map((item) => fromItem(item).request);
    },
    listByTarget: (key, limit) => listHistory(store, 'target', key, limit),
    listByRequester: (key, limit) => listHistory(store, 'requester', key, limit),
    requestsUnderReview: (policyArn) => requestsUnderReview(store, policyArn),
    versionsUnderReview: async (policyArn) => {
      const requests = await requestsUnderReview(store, policyArn);
      return requests.flatMap(({ change: { target } }) =>
        target.type === 'managed-policy' ? [target.versionId] : [],
      );
    },
    archiveVersion: async (policyArn, versionId, document, at) => {
      const key = archiveKey(policyArn, versionId, document.sha256);
      await store.put({ ...key, policyArn, versionId, document, at });
    },
  };
}

/** @throws UnknownRequestError when there is no such request */
export async function setOnRequest(store: Store, id: string, set: Record<string, unknown>): Promise<void> {
  if ((await store.update(requestKey(id), set, exists)) === undefined) throw new UnknownRequestError(id);
}

async function close(
  store: Store,
  id: string,
  outcome: RequestEnd,
  outcomeDetail: string,
  closedAt: string,
): Promise<void> {
  const item = await store.update(
    requestKey(id),
    { ...withStatus('closed'), outcome, outcomeDetail, closedAt },
    {
      expression: '#status = :pending OR #status = :decided',
      values: { ...PENDING, ':decided': 'decided' },
    },
    ['taskToken'],
  );
  const target = (item === undefined ? await readStored(store, id) : fromItem(item))?.request.change.target;
  // Tidiness, not truth: a review that is left over after a crash here is ignored, its request being closed.
  if (target?.type === 'managed-policy') await store.remove(reviewKey(target.policyArn, id));
}

async function requestsUnderReview(store: Store, policyArn: string): Promise<ApprovalRequest[]> {
  const { pk } = reviewKey(policyArn, '');
  const reviews = await store.query({ index: false, partition: pk, sortPrefix: 'review#' });
  const ids = reviews.map((review) => review.sk.slice('review#'.length));
  const found = await Promise.all(ids.map((id) => readStored(store, id)));
  return found.flatMap((stored) => {
    // A decided request still needs its version: it has yet to be put back, or to be deleted by its own execution.
    return stored === undefined || stored.request.status === 'closed' ? [] : [stored.request];
  });
}
