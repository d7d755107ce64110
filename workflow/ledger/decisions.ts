import { randomUUID } from 'node:crypto';
import { identityOf } from '../events/identity.ts';
import { approve, type DecideResult, type VoteResult } from './approve.ts';
import { lacksVotes } from './count-votes.ts';
import { keepsIdentical, readPointer, readPredecessor, saysNothing } from './document-pointer.ts';
import { UnknownRequestError } from './errors.ts';
import { readFormerTargets } from './renames.ts';
import type { ApprovalRequest, Decision, Principal, RequesterMatch, Vote } from './request.ts';
import { requestersOf } from './requesters.ts';
import type { Store } from './store.ts';
import { fromItem, PENDING, readStored, withStatus } from './stored-request.ts';
import { documentKey, requestKey } from './table.ts';
import { targetKey } from './target-key.ts';

/** An approval of exactly one version or document on one target. */
export interface Approval {
  requestId: string;
  at: string;
  by: string;
  /** For whom, where that is known. */
  principal?: Principal;
  /** The guard has put it in force, or would have, had there been room. */
  carriedOut: boolean;
  /** Everybody who was named as the maker of what was approved, as `identityOf` names them. */
  makers: string[];
}

/** A task token that may be used now, or what made storing it pointless. */
export type TokenResult =
  | { status: 'stored' }
  | { status: 'decided'; decision: Decision }
  | { status: 'closed' }
  /** Another execution works for the request. */
  | { status: 'overtaken' };

/** Votes, the one decision of a request, its way to the state machine, and what it means for the document. */
export interface DecisionLedger {
  /** Stores the newest task token, only while there is no decision, and only of the execution that works for it. */
  storeTaskToken(
    waiting: Pick<ApprovalRequest, 'id' | 'executionArn'>,
    taskToken: string,
  ): Promise<TokenResult>;
  /**
   * Stores who the requester is in Slack, found out later than the request was recorded; only while it is pending,
   * nobody has voted and nobody else is named, because it says how many have to vote.
   *
   * @returns false when it was too late
   */
  storeRequester(id: string, requester: RequesterMatch, approvalsNeeded: number): Promise<boolean>;
  /**
   * The one decision: a conditional write that succeeds once, while the request is pending. From then on an
   * approval is found by `findApproval`, and the same document may be asked about anew.
   */
  decide(id: string, decision: Decision): Promise<DecideResult>;
  /**
   * One approval, and with the last one that is needed the decision, in one conditional write. Each approver counts
   * once, whatever they click and however often.
   *
   * @param seen the request as `read` has just given it: it is read again only if it has changed since
   * @throws OwnRequestError when the approver turns out to be the requester, and it is no break-glass vote
   * @throws TooManyMakersError
   */
  approve(id: string, vote: Vote, seen?: ApprovalRequest): Promise<VoteResult>;
  /**
   * The approval of exactly this document on this target; the newest request for it decides whether there is one. With
   * fewer approvers than the request needs there is none.
   */
  findApproval(targetKey: string, sha256: string): Promise<Approval | undefined>;
  /**
   * The documents on this target that a request was ever made about, under whatever name, by their hashes: of no other one
   * there is an approval.
   */
  reviewedOn(targetKey: string): Promise<ReadonlySet<string>>;
  /**
   * Whether the guard may have put exactly this document in force on this target: what was approved, what nobody had
   * changed, what was taken out in doubt from somebody who held it before, and the approved version that stands while another, byte for byte the same, is under review.
   */
  mayHavePutBack(targetKey: string, sha256: string): Promise<boolean>;
  /** The pending request that reviews this very document on this target, if there is one. */
  findPending(targetKey: string, sha256: string): Promise<string | undefined>;
}

export function decisionsOver(store: Store): DecisionLedger {
  return {
    storeTaskToken: (waiting, taskToken) => storeTaskToken(store, waiting, taskToken),
    storeRequester: (id, requester, approvalsNeeded) => storeRequester(store, id, requester, approvalsNeeded),
    decide: (id, decision) => decide(store, id, decision),
    approve: (id, vote, seen) => approve(store, id, vote, seen),
    findApproval: async (target, sha256) => {
      const newest = await newestFounded(store, target, sha256);
      if (newest?.decision?.decision !== 'approved' || lacksVotes(newest)) return undefined;
      return {
        requestId: newest.id,
        at: newest.decision.at,
        by: newest.decision.by.name,
        ...(newest.principal && { principal: newest.principal }),
        carriedOut: newest.outcome === 'approved' || newest.outcome === 'no-room',
        makers: requestersOf(newest).map(({ requester }) => identityOf(requester)),
      };
    },
    reviewedOn: async (target) => {
      const hashes = async (key: string) => {
        const { pk } = documentKey(key, '');
        return (await store.query({ index: false, partition: pk })).map(({ sk }) => sk);
      };
      const [own, former] = await Promise.all([hashes(target), readFormerTargets(store, target)]);
      const others = await Promise.all((former?.keys ?? []).map(hashes));
      return new Set([own, ...others].flat());
    },
    mayHavePutBack: async (target, sha256) => {
      const newest = await newestFor(store, target, sha256);
      if (newest === undefined) return false;
      const decided = newest.decision?.decision;
      return (
        decided === 'unfounded' ||
        (decided === 'approved' && !lacksVotes(newest)) ||
        (newest.unsure === true && decided !== undefined) ||
        keepsIdentical(newest.containment)
      );
    },
    findPending: async (target, sha256) => {
      const newest = await newestFor(store, target, sha256);
      return newest?.status === 'pending' ? newest.id : undefined;
    },
  };
}

/**
 * Conditional on `pending`, like `decide`: of a new token and a decision, the later one sees the earlier. So a
 * decision is either handed on with this token, or the step that brought the token learns of the decision.
 */
async function storeTaskToken(
  store: Store,
  { id, executionArn }: Pick<ApprovalRequest, 'id' | 'executionArn'>,
  taskToken: string,
): Promise<TokenResult> {
  const waits = {
    expression: '#status = :pending AND #executionArn = :mine',
    values: { ...PENDING, ':mine': executionArn },
  };
  if ((await store.update(requestKey(id), { taskToken }, waits)) !== undefined) return { status: 'stored' };
  const found = await readStored(store, id);
  if (found === undefined) throw new UnknownRequestError(id);
  const { decision, status } = found.request;
  if (status === 'pending') return { status: 'overtaken' };
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
  const { request, taskToken } = found;
  if (request.decision === undefined) return { status: 'closed', request };
  // Also after a failed condition: the SDK repeats a write whose answer was lost, and then meets its own decision.
  const status = found.decisionId === decisionId ? 'won' : 'lost';
  return { status, request, decision: request.decision, taskToken };
}

async function storeRequester(
  store: Store,
  id: string,
  requester: RequesterMatch,
  approvalsNeeded: number,
): Promise<boolean> {
  const undecided = {
    expression: '#status = :pending AND attribute_not_exists(#voteIds) AND attribute_not_exists(#alsoNamed)',
    values: PENDING,
  };
  const set = { requester, approvalsNeeded, identifiedId: randomUUID() };
  return (await store.update(requestKey(id), set, undecided)) !== undefined;
}

/**
 * The same, without requests that say nothing of the document: what was approved before such a one is approved after it.
 */
async function newestFounded(
  store: Store,
  target: string,
  sha256: string,
): Promise<ApprovalRequest | undefined> {
  const newest = await newestFor(store, target, sha256);
  return newest !== undefined && saysNothing(newest) ? readPredecessor(store, newest) : newest;
}

/**
 * The newest request for this very document on this target, under the name that its user or group has or, where there is
 * none, had before.
 */
async function newestFor(store: Store, target: string, sha256: string): Promise<ApprovalRequest | undefined> {
  const [pointer, former] = await Promise.all([
    readPointer(store, documentKey(target, sha256)),
    readFormerTargets(store, target),
  ]);
  if (pointer !== undefined) return requestAt(store, pointer, target, sha256);
  if (former === undefined) return undefined;
  const found = await Promise.all(former.keys.map((key) => newestOf(store, former.id, key, sha256)));
  return found.find((request) => request !== undefined);
}

/** The newest request that was about the one of this unique id: somebody else may have its name since. */
async function newestOf(
  store: Store,
  id: string,
  target: string,
  sha256: string,
): Promise<ApprovalRequest | undefined> {
  const pointer = await readPointer(store, documentKey(target, sha256));
  const newest = pointer && (await requestAt(store, pointer, target, sha256));
  if (newest === undefined || newest.principal?.id === id) return newest;
  const before = await readPredecessor(store, newest);
  return before?.principal?.id === id ? before : undefined;
}

/** What the request says counts, the pointer does not. */
async function requestAt(
  store: Store,
  pointer: NonNullable<Awaited<ReturnType<typeof readPointer>>>,
  target: string,
  sha256: string,
): Promise<ApprovalRequest | undefined> {
  const { request, claim } = (await readStored(store, pointer.requestId)) ?? {};
  if (request?.document?.sha256 !== sha256) return undefined;
  // The pointer may have moved on and come back, to a request that a newer one has made void.
  if (claim !== pointer.nonce) return undefined;
  return targetKey(request.change.accountId, request.change.target) === target ? request : undefined;
}
