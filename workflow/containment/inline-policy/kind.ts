import type { Entity } from '../../events/change.ts';
import { documentIn } from '../../events/event-document.ts';
import type { ChangeKind } from '../change-kind.ts';
import { readText } from '../read-field.ts';

/** A policy document written into a user, group or role. */
export function inlinePolicyKind(eventName: string, entity: Entity): ChangeKind {
  return {
    eventName,
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
  };
}
