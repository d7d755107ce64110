import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { readField, readText } from '../../events/read-field.ts';
import { managedPolicyKind } from '../managed-policy/kind.ts';

export const createPolicyVersion = managedPolicyKind({
  eventName: 'CreatePolicyVersion',
  createsVersion: true,
  target: (record) => ({
    type: 'managed-policy',
    policyArn: readText(record, 'requestParameters', 'policyArn'),
    versionId: readText(record, 'responseElements', 'policyVersion', 'versionId'),
  }),
  inForce: wasMadeDefault,
});

/** What IAM answered counts before what was asked for; where neither tells, the version counts as in force. */
function wasMadeDefault(record: CloudTrailRecord): boolean {
  const answered = readField(record, 'responseElements', 'policyVersion', 'isDefaultVersion');
  if (typeof answered === 'boolean') return answered;
  return readField(record, 'requestParameters', 'setAsDefault') !== false;
}
