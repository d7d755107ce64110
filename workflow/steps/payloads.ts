import type { Change } from '../events/change.ts';
import type { Containment, InspectionSummary, Outcome, PackedDocument } from '../ledger/request.ts';

/**
 * What travels between the states of `state-machine.asl.json`. Each task gets the whole state and returns the
 * next one, so a state's output is always one of these types. Documents travel packed: 262,144 bytes is the limit.
 */

/** Output of Inspect. */
export interface Judgement {
  verdict: 'allowed' | 'restricted' | 'duplicate' | 'own-change';
  /** One sentence for people: why this verdict. */
  reason: string;
  /** True when `NOTIFY_ALLOWED` is on and this is an allowed, successful, watched change. */
  notifyAllowed: boolean;
  /** Missing only when the event is not a change at all. */
  change?: Change;
  inspection?: InspectionSummary;
  /** The reviewed document, byte for byte; missing when it could not be read. */
  document?: PackedDocument;
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
  /** `not-in-force`: somebody else already changed or removed it; nothing was written. */
  status: 'quarantined' | 'superseded' | 'gone';
  /** One sentence: what was done, or found. */
  detail: string;
  change: Change;
  inspection: InspectionSummary;
  document?: PackedDocument;
  containment?: Containment;
  quarantinedAt?: string;
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
}

/** Output of ExpireOrRemind. */
export interface NextStep extends Waiting {
  next: 'restore' | 'discard' | 'remind';
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
