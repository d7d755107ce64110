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
      /** The placeholder version, when quarantine created it for this request. */
      placeholderVersionId?: string;
      /** A version that had to be archived into the ledger and deleted to make room. */
      archivedVersionId?: string;
    }
  | { type: 'inline-policy' }
  | { type: 'attachment' };

export interface Approver {
  /** Display name, as Slack tells it, or `e-mail link`. Not yet escaped. */
  name: string;
  slackUserId?: string;
}

/** Exactly one for a request. */
export interface Decision {
  decision: 'approved' | 'denied' | 'expired';
  by: Approver;
  via: 'slack' | 'email' | 'timeout';
  /** ISO 8601, UTC. */
  at: string;
  reason?: string;
}

export interface SlackMessageRef {
  channel: string;
  ts: string;
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
  /** ISO 8601, UTC. */
  quarantinedAt: string;
  createdAt: string;
  /** When the request expires undecided. */
  expiresAt: string;
  executionArn: string;
  slack?: SlackMessageRef;
  emailedAt?: string;
  decision?: Decision;
  outcome?: Outcome;
  /** One sentence: what has happened. */
  outcomeDetail?: string;
  closedAt?: string;
}
