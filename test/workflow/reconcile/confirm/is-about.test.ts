import { describe, expect, it } from 'vitest';
import type { CloudTrailRecord } from '../../../../workflow/events/cloudtrail-record.ts';
import { isAbout } from '../../../../workflow/reconcile/confirm/is-about.ts';
import { ATTACHMENT, aChange, aRequest, INLINE, MANAGED, REVIEWED } from '../../../support/requests.ts';
import { recordOf } from './records.ts';

const OTHER = REVIEWED.replace('DeleteBucket', 'ListBucket');
const OMITTED = { reason: 'requestParameters too large', omitted: 'true', originalSize: '120000' };
const created = (policyDocument: string, arn = 'arn:aws:iam::123456789012:policy/my-bad-policy') =>
  recordOf('CreatePolicy', { policyDocument }, { policy: { arn, defaultVersionId: 'v1' } });
const put = (policyDocument: string, roleName = 'deployer') =>
  recordOf('PutRolePolicy', { roleName, policyName: 'cleanup', policyDocument });

describe('what CloudTrail has recorded', () => {
  it.each<[string, typeof MANAGED, CloudTrailRecord, boolean]>([
    ['is the very change', MANAGED, created(REVIEWED), true],
    ['differs from it in white space alone', MANAGED, created(REVIEWED.replaceAll(',', ', ')), true],
    ['has another document', MANAGED, created(OTHER), false],
    ['has another policy', MANAGED, created(REVIEWED, 'arn:aws:iam::123456789012:policy/b'), false],
    [
      'names no document',
      MANAGED,
      recordOf('SetDefaultPolicyVersion', {
        policyArn: 'arn:aws:iam::123456789012:policy/my-bad-policy',
        versionId: 'v4',
      }),
      true,
    ],
    ['writes the inline policy', INLINE, put(REVIEWED), true],
    ['writes something else into it', INLINE, put(OTHER), false],
    ['writes it into another role', INLINE, put(REVIEWED, 'other'), false],
    ['was padded, so that it names nothing', INLINE, recordOf('PutRolePolicy', OMITTED), true],
    ['was padded, and about another kind of thing', INLINE, recordOf('PutUserPolicy', OMITTED), false],
    [
      'attaches the policy',
      ATTACHMENT,
      recordOf('AttachUserPolicy', {
        userName: 'alice',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
      true,
    ],
    [
      'detaches it',
      ATTACHMENT,
      recordOf('DetachUserPolicy', {
        userName: 'alice',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
      false,
    ],
    ['failed', MANAGED, { ...created(REVIEWED), errorCode: 'AccessDenied' }, false],
  ])('%s', (_, target, record, expected) => {
    expect(isAbout(record, aRequest('r1', { change: aChange({ target }) }))).toBe(expected);
  });
});
