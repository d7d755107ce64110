import type { Change } from '../events/change.ts';
import type { Finding } from '../inspection/finding.ts';

/** The named ends of an execution. */
export type Outcome =
  | 'allowed'
  | 'approved'
  | 'denied'
  | 'expired'
  | 'superseded'
  | 'gone'
  | 'duplicate'
  | 'own-change'
  /** Restricted, reported and left alone, because MODE says so. */
  | 'observed'
  /** Restricted and left alone, because its requester is exempt. */
  | 'exempt'
  | 'failed';

/** A policy document as the steps hand it on: gzip, base64. Documents padded to 131,072 characters stay small. */
export interface PackedDocument {
  gzip: string;
  /** SHA-256 of the UTF-8 text, hex. */
  sha256: string;
}

/** The findings as the ledger and messages keep them: capped, with the true total. */
export interface InspectionSummary {
  findings: Finding[];
  /** How many findings there were before the cap. */
  total: number;
  unreadable?: string;
}

/** What quarantine left in force, so that restore can look again before it writes. */
export type Containment =
  | {
      type: 'managed-policy';
      /** The version that quarantine left as default. */
      inForceVersionId: string;
      /**
       * Why an earlier version may be in force instead, though it grants something restricted: exactly its document
       * was approved, or what it grants is only observed. Missing where it grants nothing restricted.
       */
      inForceGrants?: 'approved' | 'observed';
      /** The placeholder version, when quarantine created it for this request. */
      placeholderVersionId?: string;
      /** A version that had to be archived into the ledger and deleted to make room. */
      archivedVersionId?: string;
    }
  | { type: 'inline-policy' }
  | { type: 'attachment' }
  /** Nothing was touched: the change was observed, or its requester is exempt. */
  | { type: 'none' };

/** All that is known of a decision by an e-mail link, which every subscriber has. */
export interface EmailOrigin {
  /** Which e-mail the link stood in: its subject, when it was sent, and to whom. */
  text: string;
  /** The address from which the link was used. */
  sourceIp: string;
}

export interface Approver {
  /** Display name, as Slack tells it, or `someone with the e-mail link`. Not yet escaped. */
  name: string;
  slackUserId?: string;
  email?: EmailOrigin;
}

/** One approval of a request; as many different approvers as it needs make the decision. */
export interface Vote {
  by: Approver;
  via: 'slack' | 'email';
  /** ISO 8601, UTC. */
  at: string;
  reason?: string;
  /** The requester's own, where BREAK_GLASS allows it. */
  breakGlass?: boolean;
}

/**
 * The Slack user who made the change.
 *
 * - `matched`: exactly one, by something that the caller could not choose.
 * - `unmatched`: none, or more than one; `why` is one sentence.
 * - `unknown`: Slack could not be asked; may be asked again.
 */
export type RequesterMatch =
  | { status: 'matched'; slackUserId: string; by: 'table' | 'email' | 'user-name' }
  | {
      status: 'unmatched' | 'unknown';
      why: string /** Whom a name that anybody could choose points to. */;
      claims?: string;
    };

/** What stands around a change in IAM, for whoever decides. Read after quarantine; any of it may be missing. */
export interface Surroundings {
  /** What was in force before, as far as IAM tells. */
  before?: { label: string; document: PackedDocument };
  /** `user/alice`, `role/deployer`, …: what the policy is attached to or written into. */
  attachedTo?: string[];
}

/** Why a requester was exempt. */
export interface Exemption {
  /** ARN pattern, as configured. */
  pattern: string;
  /** Last day, `2026-12-31`, UTC. */
  until: string;
  reason: string;
}

/** Exactly one for a request. */
export interface Decision {
  decision: 'approved' | 'denied' | 'expired';
  by: Approver;
  via: 'slack' | 'email' | 'timeout';
  /** ISO 8601, UTC. */
  at: string;
  reason?: string;
  /** The requester approved it, where BREAK_GLASS allows it. */
  breakGlass?: boolean;
}

export interface SlackMessageRef {
  channel: string;
  ts: string;
  /** The message in whose thread this one stands. */
  threadTs?: string;
  /** Address of the message, for links to it. */
  permalink?: string;
}

/** One change waiting for a decision, or decided. */
export interface ApprovalRequest {
  id: string;
  /** `pending` → `decided` (a decision is written) → `closed` (it has happened, or ended otherwise). */
  status: 'pending' | 'decided' | 'closed';
  change: Change;
  inspection: InspectionSummary;
  /** The reviewed document, byte for byte. Missing only when it could not be read at all. */
  document?: PackedDocument;
  containment: Containment;
  /** ISO 8601, UTC. Missing where nothing was touched. */
  quarantinedAt?: string;
  createdAt: string;
  /** When the request expires undecided. */
  expiresAt: string;
  executionArn: string;
  /** The CloudTrail record, as it came. */
  event?: PackedDocument;
  surroundings?: Surroundings;
  requester?: RequesterMatch;
  /** How many different approvers have to approve; 1 where an older version has recorded it. */
  approvalsNeeded: number;
  /** Approvals so far, oldest first. */
  votes: Vote[];
  exemption?: Exemption;
  slack?: SlackMessageRef;
  /** Where the requester was told, in a direct message. */
  requesterMessage?: SlackMessageRef;
  emailedAt?: string;
  decision?: Decision;
  outcome?: Outcome;
  /** One sentence: what has happened. */
  outcomeDetail?: string;
  closedAt?: string;
}
