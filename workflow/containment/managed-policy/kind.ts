import type { ManagedPolicyTarget } from '../../events/change.ts';
import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { documentIn } from '../../events/event-document.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { ChangeKind } from '../change-kind.ts';
import { defineKind } from '../define-kind.ts';
import { readInForceMeanwhile, readNewestEarlier } from './before.ts';
import { discardVersion } from './discard.ts';
import { quarantineVersion } from './quarantine.ts';
import { restoreVersion } from './restore.ts';

/** What the three ways to put a managed policy's version in force do not share. */
export interface ManagedPolicyRules {
  eventName: string;
  /** Whether the change wrote the version: then discarding deletes it, and no earlier approval covers it. */
  createsVersion: boolean;
  target(record: CloudTrailRecord): ManagedPolicyTarget;
  /** Whether the version came into force by the call. */
  inForce(record: CloudTrailRecord): boolean;
}

export function managedPolicyKind(rules: ManagedPolicyRules): ChangeKind {
  return defineKind<ManagedPolicyTarget>({
    eventName: rules.eventName,
    targetType: 'managed-policy',
    read: (record) => ({
      target: rules.target(record),
      document: documentIn(record.requestParameters),
      inForce: rules.inForce(record),
    }),
    readDocument: (iam, { policyArn, versionId }) => iam.getPolicyVersion(policyArn, versionId),
    approvalKeys: ({ accountId, target }) => (rules.createsVersion ? [] : [targetKey(accountId, target)]),
    readBefore: ({ target }, containment, iam) =>
      rules.createsVersion ? readNewestEarlier(target, iam) : readInForceMeanwhile(target, containment, iam),
    quarantine: (task, tools) => quarantineVersion(task, rules.createsVersion, tools),
    restore: restoreVersion,
    discard: (task, tools) => discardVersion(task, rules.createsVersion, tools),
  });
}
