import type { ManagedPolicyTarget } from '../../events/change.ts';
import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { documentIn } from '../../events/event-document.ts';
import type { ChangeKind } from '../change-kind.ts';

/** What the three ways to put a managed policy's version in force do not share. */
export interface ManagedPolicyRules {
  eventName: string;
  target(record: CloudTrailRecord): ManagedPolicyTarget;
  /** Whether the version came into force by the call. */
  inForce(record: CloudTrailRecord): boolean;
}

export function managedPolicyKind(rules: ManagedPolicyRules): ChangeKind {
  return {
    eventName: rules.eventName,
    read: (record) => ({
      target: rules.target(record),
      document: documentIn(record.requestParameters),
      inForce: rules.inForce(record),
    }),
  };
}
