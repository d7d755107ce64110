import { readText } from '../../events/read-field.ts';
import { managedPolicyKind } from '../managed-policy/kind.ts';

export const setDefaultPolicyVersion = managedPolicyKind({
  eventName: 'SetDefaultPolicyVersion',
  createsVersion: false,
  target: (record) => ({
    type: 'managed-policy',
    policyArn: readText(record, 'requestParameters', 'policyArn'),
    versionId: readText(record, 'requestParameters', 'versionId'),
  }),
  inForce: () => true,
});
