import type { Change, Target } from '../../workflow/events/change.ts';
import { pack } from '../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest, Decision, Vote } from '../../workflow/ledger/request.ts';

export const REVIEWED =
  '{"Version":"2012-10-17","Statement":[{"Sid":"AllowDelete","Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}';

export const MANAGED: Target = {
  type: 'managed-policy',
  policyArn: 'arn:aws:iam::123456789012:policy/my-bad-policy',
  versionId: 'v1',
};

export const INLINE: Target = {
  type: 'inline-policy',
  entity: 'role',
  entityName: 'deployer',
  policyName: 'cleanup',
};

export const ATTACHMENT: Target = {
  type: 'attachment',
  entity: 'user',
  entityName: 'alice',
  policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
};

export function aChange(overrides: Partial<Change> = {}): Change {
  return {
    requestId: 'r1a2b3c4d5e6',
    eventId: '6b6d5d4e-9a5e-4d4c-8a9b-0f7d6e5c4b3a',
    eventName: 'CreatePolicy',
    eventTime: '2026-03-01T12:00:00Z',
    accountId: '123456789012',
    partition: 'aws',
    requester: {
      type: 'AssumedRole',
      label: 'dana@example.com (Identity Center, role Developer)',
      arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0123456789abcdef/dana@example.com',
      names: ['dana@example.com'],
      sourceIp: '203.0.113.7',
      userAgent: 'aws-cli/2.31.0',
    },
    target: MANAGED,
    ...overrides,
  };
}

/** A request for the sample's bad policy, three seconds after its creation, good for a day. */
export function aRequest(id: string, overrides: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    id,
    status: 'pending',
    change: aChange({ requestId: id }),
    inspection: {
      findings: [
        {
          restricted: 's3:DeleteBucket',
          grantedBy: 's3:DeleteBucket',
          statement: 0,
          sid: 'AllowDelete',
          resources: ['*'],
          conditional: false,
        },
      ],
      total: 1,
    },
    document: pack(REVIEWED),
    containment: {
      type: 'managed-policy',
      inForceVersionId: 'v2',
      placeholderVersionId: 'v2',
      tookOut: true,
    },
    quarantinedAt: '2026-03-01T12:00:03.000Z',
    createdAt: '2026-03-01T12:00:04.000Z',
    expiresAt: '2026-03-02T12:00:04.000Z',
    executionArn: `arn:aws:states:us-east-1:123456789012:execution:policy-guard:${id}`,
    approvalsNeeded: 1,
    votes: [],
    ...overrides,
  };
}

/** The vote of the one approver who is needed. */
export const APPROVAL: Vote = {
  by: { name: 'Robin', slackUserId: 'U0ROBIN' },
  via: 'slack',
  at: '2026-03-01T12:05:00.000Z',
};

export const APPROVED: Decision = { decision: 'approved', ...APPROVAL };

export const DENIED: Decision = {
  decision: 'denied',
  by: { name: 'Sam', slackUserId: 'U0SAM' },
  via: 'slack',
  at: '2026-03-01T12:06:00.000Z',
};
