import type { PackedDocument } from '../inspection/packed-document.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { ApprovalRequest, Decision, Outcome, RequesterMatch, SlackMessageRef, Vote } from './request.ts';

/** An approval of exactly one version or document on one target. */
export interface Approval {
  requestId: string;
  at: string;
  by: string;
}

/** With the times of the request as it stands in the ledger, which a retry does not move. */
export type RecordResult =
  | { status: 'recorded'; createdAt: string; expiresAt: string }
  | { status: 'duplicate'; of: string };

/** A task token that may be used now, or the decision that made storing it pointless. */
export type TokenResult =
  | { status: 'stored' }
  | { status: 'decided'; decision: Decision }
  | { status: 'closed' };

/** The outcomes that a request which waited can have; the others end an execution before anybody is asked. */
export type RequestEnd = Exclude<Outcome, 'allowed' | 'duplicate' | 'own-change' | 'observed' | 'exempt'>;

export type DecideResult =
  | { status: 'won'; request: ApprovalRequest; decision: Decision; taskToken?: string }
  | { status: 'lost'; request: ApprovalRequest; decision: Decision; taskToken?: string; delivered: boolean }
  | { status: 'closed'; request: ApprovalRequest }
  | { status: 'unknown' };

/** `counted`: written down, and `missing` more approvers are needed. `already-voted`: this approver has before. */
export type VoteResult =
  | DecideResult
  | { status: 'counted'; request: ApprovalRequest; missing: number }
  | { status: 'already-voted'; request: ApprovalRequest; missing: number };

/** `ours`: this caller is to post the message at the top, then to store it or to let go of the group. */
export type GroupClaim =
  | { status: 'ours'; claim: string }
  | { status: 'open'; message: SlackMessageRef }
  /** Somebody else is posting the message right now. */
  | { status: 'busy' };

/** The DynamoDB table of requests, decisions and the audit trail, as the rest of the code sees it. */
export interface Ledger {
  /**
   * `duplicate` when this request id was recorded by another execution, or when a pending request holds the same
   * document on the same target (see `targetKey`): there is never a second request for the same thing. The same
   * execution may record again after a crash and is told `recorded`.
   */
  record(request: ApprovalRequest): Promise<RecordResult>;
  /** Strongly consistent read. */
  read(id: string): Promise<ApprovalRequest | undefined>;
  /** Stores the newest task token, only while there is no decision. */
  storeTaskToken(id: string, taskToken: string): Promise<TokenResult>;
  storeSlackMessage(id: string, message: SlackMessageRef): Promise<void>;
  /** Where the requester was told in a direct message. */
  storeRequesterMessage(id: string, message: SlackMessageRef): Promise<void>;
  /**
   * Stores who the requester is in Slack, found out later than the request was recorded; only while it is pending
   * and nobody has voted, because it says how many have to.
   *
   * @returns false when it was too late
   */
  storeRequester(id: string, requester: RequesterMatch, approvalsNeeded: number): Promise<boolean>;
  /** Keeps a change that was reported and left alone: closed from the start. Safe to repeat. */
  recordUntouched(request: ApprovalRequest & { outcome: 'observed' | 'exempt' }): Promise<void>;
  storeEmailed(id: string, at: string): Promise<void>;
  /**
   * The one decision: a conditional write that succeeds once, while the request is pending. From then on an
   * approval is found by `findApproval`, and the same document may be asked about anew.
   */
  decide(id: string, decision: Decision): Promise<DecideResult>;
  /**
   * One approval, and with the last one that is needed the decision, in one conditional write. Each approver counts
   * once, whatever they click and however often.
   *
   * @throws OwnRequestError when the approver turns out to be the requester, and it is no break-glass vote
   */
  approve(id: string, vote: Vote): Promise<VoteResult>;
  /** The state machine has taken the decision. */
  markDelivered(id: string): Promise<void>;
  /**
   * The request has ended; idempotent, and nothing happens when it was never recorded. Only the execution that
   * recorded it may say so: a duplicate's execution has no request of its own to close.
   */
  close(id: string, outcome: RequestEnd, detail: string, at: string): Promise<void>;
  /**
   * The approval of exactly this document on this target; the newest request for it decides whether there is one. With
   * fewer approvers than the request needs there is none.
   */
  findApproval(targetKey: string, sha256: string): Promise<Approval | undefined>;
  /** The pending request that reviews this very document on this target, if there is one. */
  findPending(targetKey: string, sha256: string): Promise<string | undefined>;
  /** Version ids that requests on one managed policy still need: pending, or decided and not yet carried out. */
  versionsUnderReview(policyArn: string): Promise<string[]>;
  /** Keeps a version's document before the version is deleted to make room. */
  archiveVersion(policyArn: string, versionId: string, document: PackedDocument, at: string): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  /** Oldest first. */
  auditTrail(requestId: string): Promise<AuditEntry[]>;
  /** Newest first, with and without a request. */
  recentAudit(limit: number): Promise<AuditEntry[]>;
  /** Newest first. */
  list(status: ApprovalRequest['status'], limit: number): Promise<ApprovalRequest[]>;
  /** Earlier and later requests on the same target (`targetKey`), newest first. */
  listByTarget(targetKey: string, limit: number): Promise<ApprovalRequest[]>;
  /** Earlier and later requests by the same requester (`requesterKey`), newest first. */
  listByRequester(requesterKey: string, limit: number): Promise<ApprovalRequest[]>;
  /**
   * The group of a requester's requests that was opened after `since`, or a new one.
   *
   * @param since ISO 8601, UTC; an older group is history
   */
  claimGroup(requesterKey: string, since: string, now: string): Promise<GroupClaim>;
  /** The message at the top of a group that is ours stands in Slack. */
  storeGroupMessage(requesterKey: string, claim: string, message: SlackMessageRef): Promise<void>;
  /** The message could not be posted: somebody else may open the group. */
  releaseGroup(requesterKey: string, claim: string): Promise<void>;
  /**
   * Takes the daily summary of a day (`2026-11-25`). A claim of which nothing was heard for 60 s is taken over; what
   * was told never is.
   *
   * @returns the claim, or undefined when somebody else tells or has told
   */
  claimSummary(day: string, now: string): Promise<string | undefined>;
  /** The summary that we have claimed is told. Safe to repeat. */
  storeSummaryTold(day: string, claim: string, now: string): Promise<void>;
  /** The summary that we have claimed could not be told: the next try may. */
  releaseSummary(day: string, claim: string): Promise<void>;
}
