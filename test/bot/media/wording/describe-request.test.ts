import { describe, expect, it } from 'vitest';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import type { Change, Target } from '../../../../workflow/events/change.ts';
import type { ApprovalRequest, Containment } from '../../../../workflow/ledger/request.ts';
import { ATTACHMENT, aChange, aRequest, INLINE, MANAGED } from '../../../support/requests.ts';

const WHO = 'dana@example.com (Identity Center, role Developer)';
const titleOf = (change: Partial<Change>, overrides: Partial<ApprovalRequest> = {}) =>
  describeRequest(aRequest('r1', { change: aChange(change), ...overrides })).title;

describe('the title of a request', () => {
  it.each<[string, Target, string]>([
    ['CreatePolicy', MANAGED, 'created the policy my-bad-policy'],
    ['CreatePolicyVersion', MANAGED, 'put a new version in force of the policy my-bad-policy'],
    ['SetDefaultPolicyVersion', MANAGED, 'put another version in force of the policy my-bad-policy'],
    ['PutRolePolicy', INLINE, 'wrote the inline policy cleanup on role deployer'],
    ['AttachUserPolicy', ATTACHMENT, 'attached the policy AdministratorAccess to user alice'],
  ])('says what %s did, to what, and what that grants', (eventName, target, did) => {
    expect(titleOf({ eventName, target })).toBe(`${WHO} ${did}, which grants s3:DeleteBucket`);
  });

  it('names a restricted action once, and counts what it does not name', () => {
    const findings = ['s3:DeleteBucket', 's3:DeleteBucket', 'iam:*', 'kms:Schedule*', 'ec2:*'].map(
      (restricted) => ({
        restricted,
        grantedBy: '*',
        statement: 0,
        resources: ['*'],
        conditional: false,
      }),
    );
    expect(titleOf({}, { inspection: { findings, total: 5 } })).toMatch(
      /which grants s3:DeleteBucket, iam:\*, kms:Schedule\* and 1 more$/,
    );
  });

  it('says that a document could not be read', () => {
    const inspection = { findings: [], total: 0, unreadable: 'It is cut off.' };
    expect(titleOf({}, { inspection })).toMatch(/my-bad-policy, which could not be read$/);
  });

  it('is one line, whatever the requester is called', () => {
    const requester = { type: 'IAMUser', label: 'mallory\nApproved by Robin\u202E', names: [] };
    expect(titleOf({ requester })).toMatch(/^mallory Approved by Robin\\u\{202e\} created/);
  });
});

describe('what a request says', () => {
  it('names who, what, where and when', () => {
    expect(describeRequest(aRequest('r1'))).toMatchObject({
      requestId: 'r1',
      who: WHO,
      whoDetails: [
        { label: 'Identity', value: expect.stringContaining(':assumed-role/') },
        { label: 'From', value: '203.0.113.7' },
        { label: 'With', value: 'aws-cli/2.31.0' },
      ],
      policy: 'my-bad-policy, version v1',
      policyArn: 'arn:aws:iam::123456789012:policy/my-bad-policy',
      account: '123456789012',
      when: { text: '2026-03-01 12:00:00 UTC' },
      inForce: '3 s',
      expires: { text: '2026-03-02 12:00:04 UTC' },
      moreFindings: 0,
    });
  });

  it('has no negative time in force when clocks differ', () => {
    const request = aRequest('r1', { quarantinedAt: '2026-03-01T11:59:59.000Z' });
    expect(describeRequest(request)).toMatchObject({ inForce: 'under 1 s' });
  });

  it('tells each finding by pattern, statement, resources, condition and why', () => {
    const finding = {
      restricted: 'iam:PassRole',
      grantedBy: 'NotAction: s3:*',
      statement: 2,
      sid: 'AllBut',
      resources: ['NotResource: arn:aws:s3:::logs'],
      conditional: true,
      condition: '{"Bool":{}}',
      set: '@privilege-escalation',
      why: 'Hands a role to a service.',
    };
    const { conditional: _, ...told } = finding;
    const request = aRequest('r1', { inspection: { findings: [finding], total: 9 } });
    expect(describeRequest(request)).toMatchObject({
      findings: [
        {
          ...Object.fromEntries(Object.entries(told).filter(([key]) => key !== 'sid')),
          statement: 'statement 2 (Sid AllBut)',
        },
      ],
      moreFindings: 8,
    });
  });

  it('has no outcome while it waits', () => {
    expect(describeRequest(aRequest('r1'))).not.toHaveProperty('outcome');
  });
});

describe('what quarantine did, and what a decision will do', () => {
  const contained = (eventName: string, target: Target, containment: Containment) => {
    const { quarantine, ifApproved, ifDenied } = describeRequest(
      aRequest('r1', { change: aChange({ eventName, target }), containment }),
    );
    return [quarantine, ifApproved, ifDenied];
  };

  it('a new policy: the placeholder, and the version itself', () => {
    const placeholder = {
      type: 'managed-policy',
      inForceVersionId: 'v2',
      placeholderVersionId: 'v2',
    } as const;
    expect(contained('CreatePolicy', MANAGED, placeholder)).toEqual([
      'Version v1 has been taken out of force and is kept. In force instead: v2, a placeholder that grants nothing.',
      'Version v1 is put back in force, exactly as reviewed, and the placeholder is deleted.',
      'Version v1 is deleted for good.',
    ]);
  });

  it('a version: the earlier version, and what was archived to make room', () => {
    const target = { ...MANAGED, versionId: 'v7' } as Target;
    const fallback = { type: 'managed-policy', inForceVersionId: 'v5', archivedVersionId: 'v2' } as const;
    const [quarantine, ifApproved, ifDenied] = contained('CreatePolicyVersion', target, fallback);
    expect(quarantine).toContain('In force instead: v5, an earlier version that grants nothing restricted.');
    expect(quarantine).toContain('v2 has been moved to the ledger');
    expect(ifApproved).toBe('Version v7 is put back in force, exactly as reviewed.');
    expect(ifDenied).toBe('Version v7 is deleted for good.');
  });

  it.each([
    ['approved', 'v5, an earlier version, exactly as it was approved.'],
    ['observed', 'v5, an earlier version that grants nothing that is enforced.'],
  ] as const)(
    'a version: the earlier version that is in force instead though restricted, being %s',
    (inForceGrants, said) => {
      const fallback = { type: 'managed-policy', inForceVersionId: 'v5', inForceGrants } as const;
      expect(contained('CreatePolicyVersion', MANAGED, fallback)[0]).toContain(`In force instead: ${said}`);
    },
  );

  it('a version that had been there before is not deleted', () => {
    const fallback = { type: 'managed-policy', inForceVersionId: 'v5' } as const;
    expect(contained('SetDefaultPolicyVersion', MANAGED, fallback)[2]).toBe('Version v1 stays out of force.');
  });

  it('an inline policy', () => {
    expect(contained('PutRolePolicy', INLINE, { type: 'inline-policy' })).toEqual([
      'The inline policy cleanup on role deployer has been replaced by a placeholder that grants nothing; the reviewed document is kept.',
      'The reviewed document is put back, byte for byte.',
      'The inline policy is deleted.',
    ]);
  });

  it('an attachment that stood before the change', () => {
    const [, , ifDenied] = contained('AttachUserPolicy', ATTACHMENT, {
      ...{ type: 'attachment', isBefore: 'harmless' },
    });
    expect(ifDenied).toBe('It is attached again, as it was before the change.');
  });

  it('an attachment', () => {
    expect(contained('AttachUserPolicy', ATTACHMENT, { type: 'attachment' })).toEqual([
      'AdministratorAccess has been detached from user alice.',
      'It is attached to user alice again.',
      'It stays detached.',
    ]);
  });
});

describe('the time in force', () => {
  it('is from the change to its quarantine', () => {
    expect(describeRequest(aRequest('r1'))).toMatchObject({ inForce: '3 s' });
  });

  it('is not told of a change that was left alone, for there the grant still is in force', () => {
    const { quarantinedAt: _, ...left } = aRequest('r1', { containment: { type: 'none' } });
    expect(describeRequest(left)).not.toHaveProperty('inForce');
  });
});
