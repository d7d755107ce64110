import { readText } from '../../events/read-field.ts';
import { managedPolicyKind } from '../managed-policy/kind.ts';

export const createPolicy = managedPolicyKind({
  eventName: 'CreatePolicy',
  createsVersion: true,
  target: (record) => ({
    type: 'managed-policy',
    policyArn: readText(record, 'responseElements', 'policy', 'arn'),
    versionId: readText(record, 'responseElements', 'policy', 'defaultVersionId'),
  }),
  inForce: () => true,
});
