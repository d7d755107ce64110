import type { Entity } from '../../events/change.ts';
import type { ChangeKind } from '../change-kind.ts';
import { readText } from '../read-field.ts';

/** A managed policy attached to a user, group or role. */
export function attachmentKind(eventName: string, entity: Entity): ChangeKind {
  return {
    eventName,
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
  };
}
