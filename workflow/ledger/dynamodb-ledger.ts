import { randomUUID } from 'node:crypto';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { approve } from './approve.ts';
import type { AuditEntry } from './audit-entry.ts';
import { auditEntrySchema } from './audit-entry.ts';
import { lacksVotes } from './count-votes.ts';
import { readPointer } from './document-pointer.ts';
import { CorruptLedgerItemError, UnknownRequestError } from './errors.ts';
import { claimGroup, releaseGroup, storeGroupMessage } from './groups.ts';
import { listHistory, rememberRequest } from './history.ts';
import type { DecideResult, Ledger, RequestEnd, TokenResult } from './ledger.ts';
import { recordRequest } from './record-request.ts';
import type { ApprovalRequest, Decision, RequesterMatch } from './request.ts';
import type { Item, Store, StoreTimeouts } from './store.ts';
import { createStore } from './store.ts';
import type { StoredRequest } from './stored-request.ts';
import { DRAFT, fromItem, indexPlace, isDraft, withStatus } from './stored-request.ts';
import { claimSummary, releaseSummary, storeSummaryTold } from './summaries.ts';
import {
  AUDIT_INDEX_KEY,
  archiveKey,
  auditKey,
  documentKey,
  requestKey,
  reviewKey,
  statusIndexKey,
} from './table.ts';
import { targetKey } from './target-key.ts';

export interface LedgerOptions {
  tableName: string;
  aws: AwsClientConfig;
  /** Where a caller can wait less than the default of two seconds a call. */
  timeouts?: Partial<StoreTimeouts>;
}

const PENDING = { ':pending': 'pending' };
const exists = {
  expression: 'attribute_exists(#pk) AND #status <> :draft',
  values: { ':draft': DRAFT },
};

/**
 * The ledger over DynamoDB. Every promise of the Ledger interface rests on one conditional write to one item; the
 * other items only point to requests and count only together with what the request says of itself.
 *
 * All methods throw LedgerUnavailableError when the table does not answer, and CorruptLedgerItemError when an item
 * is not what this code writes.
 */
export function createLedger({ tableName, aws, timeouts }: LedgerOptions): Ledger {
  return ledgerOver(createStore(tableName, aws, timeouts));
}

/** The ledger over any store, so that tests can stop and interleave its single writes. */
export function ledgerOver(store: Store): Ledger {
  return {
    record: async (request) => {
      const result = await recordRequest(store, request);
      if (result.status === 'recorded') await rememberRequest(store, request);
      return result;
    },
    recordUntouched: async (request) => {
      const place = { ...withStatus('closed'), gsi1sk: indexPlace(request) };
      const item = { ...request, ...requestKey(request.id), ...place };
      await store.put(item, { expression: 'attribute_not_exists(#pk)' });
      await rememberRequest(store, request);
    },
    read: async (id) => (await readStored(store, id))?.request,
    storeTaskToken: (id, taskToken) => storeTaskToken(store, id, taskToken),
    storeSlackMessage: (id, slack) => setOnRequest(store, id, { slack }),
    storeRequesterMessage: (id, requesterMessage) => setOnRequest(store, id, { requesterMessage }),
    storeRequester: (id, requester, approvalsNeeded) => storeRequester(store, id, requester, approvalsNeeded),
    storeEmailed: (id, emailedAt) => setOnRequest(store, id, { emailedAt }),
    decide: (id, decision) => decide(store, id, decision),
    approve: (id, vote) => approve(store, id, vote),
    markDelivered: (id) => setOnRequest(store, id, { delivered: true }),
    close: (id, outcome, detail, at) => close(store, id, outcome, detail, at),
    findApproval: async (target, sha256) => {
      const newest = await newestFor(store, target, sha256);
      if (newest?.decision?.decision !== 'approved' || lacksVotes(newest)) return undefined;
      return { requestId: newest.id, at: newest.decision.at, by: newest.decision.by.name };
    },
    findPending: async (target, sha256) => {
      const newest = await newestFor(store, target, sha256);
      return newest?.status === 'pending' ? newest.id : undefined;
    },
    versionsUnderReview: (policyArn) => versionsUnderReview(store, policyArn),
    archiveVersion: async (policyArn, versionId, document, at) => {
      const key = archiveKey(policyArn, versionId, document.sha256);
      await store.put({ ...key, policyArn, versionId, document, at });
    },
    audit: (entry) => audit(store, entry),
    auditTrail: async (requestId) => {
      const { pk } = requestKey(requestId);
      return (await store.query({ index: false, partition: pk, sortPrefix: 'audit#' })).map(toAuditEntry);
    },
    recentAudit: async (limit) => {
      const query = { index: true, partition: AUDIT_INDEX_KEY, newestFirst: true, limit };
      return (await store.query(query)).map(toAuditEntry);
    },
    list: async (status, limit) => {
      const query = { index: true, partition: statusIndexKey(status), newestFirst: true, limit };
      return (await store.query(query)).map((item) => fromItem(item).request);
    },
    listByTarget: (key, limit) => listHistory(store, 'target', key, limit),
    listByRequester: (key, limit) => listHistory(store, 'requester', key, limit),
    claimGroup: (requester, since, now) => claimGroup(store, requester, since, now),
    storeGroupMessage: (requester, claim, message) => storeGroupMessage(store, requester, claim, message),
    releaseGroup: (requester, claim) => releaseGroup(store, requester, claim),
    claimSummary: (day, now) => claimSummary(store, day, now),
    storeSummaryTold: (day, claim, now) => storeSummaryTold(store, day, claim, now),
    releaseSummary: (day, claim) => releaseSummary(store, day, claim),
  };
}

async function readStored(store: Store, id: string): Promise<StoredRequest | undefined> {
  const item = await store.get(requestKey(id));
  return item === undefined || isDraft(item) ? undefined : fromItem(item);
}

/** @throws UnknownRequestError when there is no such request */
async function setOnRequest(store: Store, id: string, set: Record<string, unknown>): Promise<void> {
  if ((await store.update(requestKey(id), set, exists)) === undefined) throw new UnknownRequestError(id);
}

/**
 * Conditional on `pending`, like `decide`: of a new token and a decision, the later one sees the earlier. So a
 * decision is either handed on with this token, or the step that brought the token learns of the decision.
 */
async function storeTaskToken(store: Store, id: string, taskToken: string): Promise<TokenResult> {
  const pending = { expression: '#status = :pending', values: PENDING };
  if ((await store.update(requestKey(id), { taskToken }, pending)) !== undefined) return { status: 'stored' };
  const found = await readStored(store, id);
  if (found === undefined) throw new UnknownRequestError(id);
  const { decision } = found.request;
  return decision === undefined ? { status: 'closed' } : { status: 'decided', decision };
}

/**
 * One write both decides and, by leaving `pending`, frees the document for a new request. The approval needs no
 * item of its own: `findApproval` follows the document's pointer to this request and reads the decision there.
 */
async function decide(store: Store, id: string, decision: Decision): Promise<DecideResult> {
  const decisionId = randomUUID();
  const item = await store.update(
    requestKey(id),
    { ...withStatus('decided'), decision, decisionId },
    { expression: '#status = :pending', values: PENDING },
  );
  const found = item === undefined ? await readStored(store, id) : fromItem(item);
  if (found === undefined) return { status: 'unknown' };
  const { request, taskToken, delivered } = found;
  if (request.decision === undefined) return { status: 'closed', request };
  // Also after a failed condition: the SDK repeats a write whose answer was lost, and then meets its own decision.
  const ours = found.decisionId === decisionId;
  if (ours) return { status: 'won', request, decision: request.decision, taskToken };
  return { status: 'lost', request, decision: request.decision, taskToken, delivered };
}

async function storeRequester(
  store: Store,
  id: string,
  requester: RequesterMatch,
  approvalsNeeded: number,
): Promise<boolean> {
  const undecided = {
    expression: '#status = :pending AND attribute_not_exists(#voteIds)',
    values: PENDING,
  };
  const set = { requester, approvalsNeeded, identifiedId: randomUUID() };
  return (await store.update(requestKey(id), set, undecided)) !== undefined;
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

/** The newest request for this very document on this target; what it says counts, the pointer does not. */
async function newestFor(store: Store, target: string, sha256: string): Promise<ApprovalRequest | undefined> {
  const pointer = await readPointer(store, documentKey(target, sha256));
  if (pointer === undefined) return undefined;
  const { request, claim } = (await readStored(store, pointer.requestId)) ?? {};
  if (request?.document?.sha256 !== sha256) return undefined;
  // The pointer may have moved on and come back, to a request that a newer one has made void.
  if (claim !== undefined && claim !== pointer.nonce) return undefined;
  return targetKey(request.change.accountId, request.change.target) === target ? request : undefined;
}

async function versionsUnderReview(store: Store, policyArn: string): Promise<string[]> {
  const { pk } = reviewKey(policyArn, '');
  const reviews = await store.query({ index: false, partition: pk, sortPrefix: 'review#' });
  const ids = reviews.map((review) => review.sk.slice('review#'.length));
  const found = await Promise.all(ids.map((id) => readStored(store, id)));
  return found.flatMap((stored) => {
    // A decided request still needs its version: it has yet to be put back, or to be deleted by its own execution.
    if (stored === undefined || stored.request.status === 'closed') return [];
    const { target } = stored.request.change;
    return target.type === 'managed-policy' ? [target.versionId] : [];
  });
}

async function audit(store: Store, entry: AuditEntry): Promise<void> {
  const key = auditKey(entry.at, randomUUID(), entry.requestId);
  await store.put({ ...entry, ...key, gsi1pk: AUDIT_INDEX_KEY, gsi1sk: key.sk });
}

function toAuditEntry(item: Item): AuditEntry {
  const entry = auditEntrySchema.safeParse(item);
  if (!entry.success) throw new CorruptLedgerItemError(item.pk, item.sk, entry.error);
  return entry.data;
}
