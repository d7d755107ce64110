import type { IamWriter } from '../account/iam/iam.ts';
import type { Change } from '../events/change.ts';
import type { Evaluation } from '../inspection/must-quarantine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Containment } from '../ledger/request.ts';
import type { Log } from '../runtime/logger.ts';
import type { LedgerLookups } from './ledger-lookups.ts';
import type { Pause } from './settle.ts';

/** What containment works with; handed in, so that tests run it over an IAM of their own. */
export interface ContainmentTools {
  iam: IamWriter;
  /** Help that may stay away. */
  lookups: LedgerLookups;
  /** For what must not be done without it. */
  ledger: Pick<Ledger, 'list' | 'findPending'>;
  /** What a document would be to the guard, were it in force. */
  evaluate(document: string): Evaluation;
  pause: Pause;
  now(): Date;
  log: Log;
}

export interface QuarantineTask {
  change: Change;
  /** The document that the change put in force, as it was judged; missing when nobody could read it so far. */
  document?: string | undefined;
  /** How often this was tried before: what a second try finds done may be its own doing. */
  retryCount: number;
}

export type QuarantineResult =
  | {
      status: 'quarantined';
      detail: string;
      /** The reviewed document: the bytes that IAM holds. */
      document: string;
      containment: Containment;
    }
  | { status: 'superseded'; detail: string };

/** A decided request, with its reviewed document unpacked. */
export interface DecidedTask {
  change: Change;
  requestId: string;
  document: string;
  containment: Containment;
  retryCount: number;
}

export interface RestoreResult {
  status: 'restored' | 'superseded';
  /** One sentence for people: what has happened. */
  detail: string;
}

export interface DiscardResult {
  /** One sentence for people: what has happened. */
  detail: string;
}

/** What was probably in force before a change: IAM does not tell. */
export interface Before {
  /** Which version, and why this one. */
  label: string;
  document: string;
}
