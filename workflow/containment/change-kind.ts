import type { IamReader, IamWriter } from '../account/iam/iam.ts';
import type { Change, Target } from '../events/change.ts';
import type { CloudTrailRecord } from '../events/cloudtrail-record.ts';
import type { EventDocument } from '../events/event-document.ts';
import type { Weight } from '../inspection/must-quarantine.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, Containment } from '../ledger/request.ts';
import type { Log } from '../runtime/logger.ts';
import type { LedgerLookups } from './ledger-lookups.ts';
import type { Pause } from './settle.ts';

/** What the record of one kind of change says. */
export interface ChangeReading<T extends Target = Target> {
  target: T;
  document: EventDocument;
  /** False for a version that was created without being made default. */
  inForce: boolean;
}

/** What containment works with; handed in, so that tests run it over an IAM of their own. */
export interface ContainmentTools {
  iam: IamWriter;
  /** Help that may stay away. */
  lookups: LedgerLookups;
  /** For what must not be done without it. */
  ledger: Pick<Ledger, 'list' | 'findPending'>;
  /** What a document would be to the guard, were it in force. */
  weigh(document: string): Weight;
  pause: Pause;
  now(): Date;
  log: Log;
}

export interface QuarantineTask<T extends Target = Target> {
  change: Change & { target: T };
  /** The document that the change put in force, as it was judged; missing when nobody could read it so far. */
  document?: string;
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
export interface DecidedTask<T extends Target = Target> {
  change: Change & { target: T };
  requestId: string;
  document: string;
  containment: ApprovalRequest['containment'];
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

/** What is done about changes of one type of target. All of it is safe to repeat, also after a crash half-way. */
export interface KindOf<T extends Target> {
  /** As CloudTrail names the call, e.g. `CreatePolicy`. */
  readonly eventName: string;
  readonly targetType: T['type'];
  /** @throws UnreadableChangeError when the record does not name what was changed */
  read(record: CloudTrailRecord): ChangeReading<T>;
  /** Reads the document that the change put in force from IAM. @throws NotFoundError */
  readDocument(iam: IamReader, target: T): Promise<string>;
  /**
   * Where an earlier approval of the same document counts for this kind of change (keys of `targetKey`); empty
   * for a change that writes a document and is always asked about.
   */
  approvalKeys(change: Change & { target: T }): string[];
  /** What was in force before the change, as quarantine leaves it. @returns undefined where nothing tells */
  readBefore(
    change: Change & { target: T },
    containment: Containment,
    iam: IamReader,
  ): Promise<Before | undefined>;
  /** Takes the grant out of force without losing it. @throws NotFoundError when what was changed is not there */
  quarantine(task: QuarantineTask<T>, tools: ContainmentTools): Promise<QuarantineResult>;
  /** Puts the very same grant back, if what quarantine left is still there. @throws NotFoundError */
  restore(task: DecidedTask<T>, tools: ContainmentTools): Promise<RestoreResult>;
  /** Makes the removal final. @throws NotFoundError when what was changed is not there */
  discard(task: DecidedTask<T>, tools: ContainmentTools): Promise<DiscardResult>;
}

/** One way to bring a grant into force: everything that the guard knows of one IAM call. */
export type ChangeKind = KindOf<Target>;
