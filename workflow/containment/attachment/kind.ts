import type { AttachmentTarget, Entity } from '../../events/change.ts';
import { readText } from '../../events/read-field.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { ChangeKind } from '../change-kind.ts';
import { defineKind } from '../define-kind.ts';
import { discardAttachment } from './discard.ts';
import { quarantineAttachment } from './quarantine.ts';
import { restoreAttachment } from './restore.ts';
import { readVersionInForce } from './version-in-force.ts';

/** A managed policy attached to a user, group or role. */
export function attachmentKind(eventName: string, entity: Entity): ChangeKind {
  return defineKind<AttachmentTarget>({
    eventName,
    targetType: 'attachment',
    read: (record) => ({
      target: {
        type: 'attachment',
        entity,
        entityName: readText(record, 'requestParameters', `${entity}Name`),
        policyArn: readText(record, 'requestParameters', 'policyArn'),
      },
      document: { missing: `${eventName} events carry no document` },
      inForce: true,
    }),
    readDocument: (iam, { policyArn }) => readVersionInForce(iam, policyArn),
    approvalKeys: ({ accountId, target }) => [
      targetKey(accountId, { type: 'managed-policy', policyArn: target.policyArn, versionId: '' }),
      targetKey(accountId, target),
    ],
    readBefore: async () => undefined,
    quarantine: quarantineAttachment,
    restore: restoreAttachment,
    discard: discardAttachment,
  });
}
