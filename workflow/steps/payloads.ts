import type { Change } from '../events/change.ts';
import type {
  Containment,
  Exemption,
  InspectionSummary,
  Outcome,
  PackedDocument,
  Surroundings,
} from '../ledger/request.ts';

/**
 * What travels between the states of `state-machine.asl.json`. Each task gets the whole state and returns the
 * next one, so a state's output is always one of these types. Documents travel packed: 262,144 bytes is the limit.
 */

/** Output of Inspect. */
export interface Judgement {
  verdict: 'allowed' | 'restricted' | 'duplicate' | 'own-change' | 'observed' | 'exempt';
  /** One sentence for people: why this verdict. */
  reason: string;
  /** True when `NOTIFY_ALLOWED` is on and this is an allowed, successful, watched change. */
  notifyAllowed: boolean;
  /** Missing only when the event is not a change at all. */
  change?: Change;
  inspection?: InspectionSummary;
  /** The reviewed document, byte for byte; missing when it could not be read. */
  document?: PackedDocument;
  /** The CloudTrail record, as it came. */
  event?: PackedDocument;
  /** With `exempt`. */
  exemption?: Exemption;
}

/** Input of Quarantine when Inspect itself failed: the event as it came, and why. Counts as restricted. */
export interface FailedInspection {
  verdict: 'restricted';
  event: unknown;
  failure: Failure;
}

/** What a Catch leaves under `$.failure`. */
export interface Failure {
  Error: string;
  Cause: string;
}

/** Output of Quarantine. */
export interface Quarantined {
  /**
   * `superseded`, `gone`: somebody else already changed or removed it; nothing was written. `observed`: MODE says to
   * leave it alone, and that was not known before.
   */
  status: 'quarantined' | 'superseded' | 'gone' | 'observed';
  /** One sentence: what was done, or found. */
  detail: string;
  change: Change;
  inspection: InspectionSummary;
  document?: PackedDocument;
  containment?: Containment;
  quarantinedAt?: string;
  event?: PackedDocument;
  surroundings?: Surroundings;
  executionArn: string;
}

/** Output of Record, carried through the wait. No document: it is in the ledger now. */
export interface Waiting {
  requestId: string;
  status: 'recorded' | 'duplicate';
  /** The request that already covers this change. */
  duplicateOf?: string;
  change: Change;
  inspection: InspectionSummary;
  containment: Containment;
  executionArn: string;
  /** How long the next wait may last, whole seconds, at least 1. */
  wait: { seconds: number };
  /** How many nudges of the schedule lie behind; none at first. */
  nudged?: number;
}

/** What happens while nobody decides: a reminder in the thread, an e-mail to the administrator. */
export type Nudge = 'reminder' | 'admin-email';

/** Output of ExpireOrRemind. */
export interface NextStep extends Waiting {
  next: 'restore' | 'discard' | 'remind';
  /** What is due now, with `remind`; nothing when a wait has ended early. */
  due: Nudge[];
}

/** Output of Restore and Discard: what has happened. */
export interface Contained extends Omit<Waiting, 'wait'> {
  outcome: Extract<Outcome, 'approved' | 'denied' | 'expired' | 'superseded' | 'gone'>;
  detail: string;
}

/** Output of the last state. */
export interface Ended {
  outcome: Outcome;
  reason: string;
  requestId?: string;
}

/** Error names shared by whoever throws them and the Catch or Retry that names them. */
export const ERROR = {
  denied: 'PolicyGuard.Denied',
  alreadyDecided: 'PolicyGuard.AlreadyDecided',
  slackRateLimited: 'PolicyGuard.SlackRateLimited',
  /** Neither Slack nor e-mail took it, or the ledger was away: worth another try. */
  notDelivered: 'PolicyGuard.NotDelivered',
  /** The event does not tell what to quarantine: no try will. */
  unknownChange: 'PolicyGuard.UnknownChange',
  failed: 'PolicyGuard.Failed',
} as const;
