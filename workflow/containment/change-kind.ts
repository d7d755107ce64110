import type { Target } from '../events/change.ts';
import type { CloudTrailRecord } from '../events/cloudtrail-record.ts';
import type { EventDocument } from '../events/event-document.ts';

/** What the record of one kind of change says. */
export interface ChangeReading {
  target: Target;
  document: EventDocument;
  /** False for a version that was created without being made default. */
  inForce: boolean;
}

/** One way to bring a grant into force: everything that the guard knows of one IAM call. */
export interface ChangeKind {
  /** As CloudTrail names the call, e.g. `CreatePolicy`. */
  readonly eventName: string;
  /** @throws UnreadableChangeError when the record does not name what was changed */
  read(record: CloudTrailRecord): ChangeReading;
}
