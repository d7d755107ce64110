import type { Entity, InlinePolicyTarget } from '../../events/change.ts';
import { documentIn } from '../../events/event-document.ts';
import { readText } from '../../events/read-field.ts';
import type { ChangeKind } from '../change-kind.ts';
import { defineKind } from '../define-kind.ts';
import { discardInlinePolicy } from './discard.ts';
import { quarantineInlinePolicy } from './quarantine.ts';
import { restoreInlinePolicy } from './restore.ts';

/** A policy document written into a user, group or role. */
export function inlinePolicyKind(eventName: string, entity: Entity): ChangeKind {
  return defineKind<InlinePolicyTarget>({
    eventName,
    targetType: 'inline-policy',
    read: (record) => ({
      target: {
        type: 'inline-policy',
        entity,
        entityName: readText(record, 'requestParameters', `${entity}Name`),
        policyName: readText(record, 'requestParameters', 'policyName'),
      },
      document: documentIn(record.requestParameters),
      inForce: true,
    }),
    readDocument: (iam, { entityName, policyName }) => iam.getInlinePolicy(entity, entityName, policyName),
    approvalKeys: () => [],
    readBefore: async () => undefined,
    quarantine: quarantineInlinePolicy,
    restore: restoreInlinePolicy,
    discard: discardInlinePolicy,
  });
}
