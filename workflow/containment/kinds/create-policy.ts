import { managedPolicyKind } from '../managed-policy/kind.ts';
import { readText } from '../read-field.ts';

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
