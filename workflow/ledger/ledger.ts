import type { ApprovalRequest, Decision, Outcome, PackedDocument, SlackMessageRef } from './request.ts';

/** Written for every attempt: who did what, what was refused and why. Never a secret, token or signed link. */
export interface AuditEntry {
  /** ISO 8601, UTC. */
  at: string;
  /** e.g. `decision.approved`, `decision.refused`, `signature.refused`, `link.refused`, `request.recorded`. */
  event: string;
  requestId?: string;
  /** Why it was refused, or what happened, in one sentence. */
  detail: string;
  slackUserId?: string;
  slackUserName?: string;
  slackTeamId?: string;
  eventId?: string;
  executionArn?: string;
}

/** An approval of exactly one version or document on one target. */
export interface Approval {
  requestId: string;
  at: string;
  by: string;
}

export type RecordResult = { status: 'recorded' } | { status: 'duplicate'; of: string };

/** A task token that may be used now, or the decision that made storing it pointless. */
export type TokenResult =
  | { status: 'stored' }
  | { status: 'decided'; decision: Decision }
  | { status: 'closed' };

export type DecideResult =
  | { status: 'won'; request: ApprovalRequest; taskToken?: string }
  | { status: 'lost'; request: ApprovalRequest; decision: Decision; taskToken?: string; delivered: boolean }
  | { status: 'closed'; request: ApprovalRequest }
  | { status: 'unknown' };

/** The DynamoDB table of requests, decisions and the audit trail, as the rest of the code sees it. */
export interface Ledger {
  /**
   * Conditional put. `duplicate` when this request id exists, or when a pending request holds the same
   * document on the same target (see `targetKey`): there is never a second request for the same thing.
   */
  record(request: ApprovalRequest): Promise<RecordResult>;
  /** Strongly consistent read. */
  read(id: string): Promise<ApprovalRequest | undefined>;
  /** Stores the newest task token, only while there is no decision. */
  storeTaskToken(id: string, taskToken: string): Promise<TokenResult>;
  storeSlackMessage(id: string, message: SlackMessageRef): Promise<void>;
  storeEmailed(id: string, at: string): Promise<void>;
  /**
   * The one decision: a conditional write that succeeds once, while the request is pending. An approval also
   * writes the approval record of exactly this document on this target.
   */
  decide(id: string, decision: Decision): Promise<DecideResult>;
  /** The state machine has taken the decision. */
  markDelivered(id: string): Promise<void>;
  /** Adds the reason a person gave after deciding; only the one who decided may. */
  addReason(id: string, slackUserId: string, reason: string): Promise<boolean>;
  /** The request has ended; idempotent. */
  close(id: string, outcome: Outcome, detail: string, at: string): Promise<void>;
  /** The approval of exactly this document on this target, if there is one. */
  findApproval(targetKey: string, sha256: string): Promise<Approval | undefined>;
  /** The pending request that reviews this very document on this target, if there is one. */
  findPending(targetKey: string, sha256: string): Promise<string | undefined>;
  /** Ids and version ids of the pending requests on one managed policy: its versions under review. */
  versionsUnderReview(policyArn: string): Promise<string[]>;
  /** Keeps a version's document before the version is deleted to make room. */
  archiveVersion(policyArn: string, versionId: string, document: PackedDocument, at: string): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  auditTrail(requestId: string): Promise<AuditEntry[]>;
  /** Newest first. */
  list(status: ApprovalRequest['status'], limit: number): Promise<ApprovalRequest[]>;
}
