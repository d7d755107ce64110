import type { IamReader, IamWriter } from '../account/iam/iam.ts';
import type { Change } from '../events/change.ts';
import type { Evaluation } from '../inspection/must-quarantine.ts';
import type { Plan, PlannedBefore } from '../ledger/intents.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Containment, Principal, PutBacks } from '../ledger/request.ts';
import type { Log } from '../runtime/logger.ts';
import type { LedgerLookups } from './ledger-lookups.ts';
import type { Pause } from './settle.ts';

/** How long what helps only is waited for; quarantine goes on without it. Milliseconds. */
export interface HelpLimits {
  /** Before anything is taken out of force. */
  planMs: number;
  /** For one read that nobody depends on: longer than IAM ever takes. */
  readMs: number;
  /** Who is behind groups and roles, asked after the others, so that all together stay short. */
  holdersMs: number;
  /** The same to be compared later: a policy may be attached to two hundred, and each takes a call. */
  reachMs: number;
}

export const HELP_LIMITS: HelpLimits = { planMs: 500, readMs: 2_000, holdersMs: 1_000, reachMs: 15_000 };

/** What planning reads. */
export interface PlanTools {
  iam: IamReader;
  /** Help that may stay away. */
  lookups: LedgerLookups;
  /** What a document would be to the guard, were it in force. */
  evaluate(document: string): Evaluation;
  limits: HelpLimits;
  now(): Date;
  log: Log;
}

/** What containment works with; handed in, so that tests run it over an IAM of their own. */
export interface ContainmentTools extends PlanTools {
  iam: IamWriter;
  /** For what must not be done without it. */
  ledger: Pick<
    Ledger,
    | 'listByTarget'
    | 'findPending'
    | 'findApproval'
    | 'findIntents'
    | 'keepIntent'
    | 'keepRename'
    | 'listInventoryOf'
  >;
  pause: Pause;
}

export interface QuarantineTask {
  change: Change;
  executionArn: string;
  /** The document that the change put in force, as it was judged; missing when nobody could read it so far. */
  document?: string | undefined;
  /** What the step before says is to be done; missing when it could not plan. */
  plan?: Plan | undefined;
  /** How often this was tried before: what a second try finds done may be its own doing. */
  retryCount: number;
  /** Whether another execution has brought the change to its decision; waited for before anything is written. */
  decidedElsewhere: Promise<boolean>;
}

export type QuarantineResult =
  | {
      status: 'quarantined';
      detail: string;
      /** The reviewed document: the bytes that IAM holds. */
      document: string;
      containment: Containment;
      putBacks?: PutBacks;
      /** What stood there before, where the inventory knew it. */
      before?: PlannedBefore;
    }
  | {
      status: 'superseded';
      detail: string;
      /** Another execution has brought the change to its decision. */
      isDecided?: true;
    };

/** A decided request, with its reviewed document unpacked. */
export interface DecidedTask {
  change: Change;
  requestId: string;
  document: string;
  containment: Containment;
  /** Whom it was asked for; missing when that could not be read. */
  principal?: Principal | undefined;
  /** It may have held the same before the change: nothing told when it was taken out. */
  unsure?: true | undefined;
  retryCount: number;
}

export interface RestoreResult {
  /** `no-room`: it does not fit beside what stands there by now; the approval stands. */
  status: 'restored' | 'superseded' | 'no-room';
  /** One sentence for people: what has happened. */
  detail: string;
  /** With `superseded`: the approval was for another principal, so it has to be asked about anew. */
  askAgain?: true;
  /** With `askAgain`: whom it would serve now. */
  principal?: Principal;
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
