import { foundRecord } from '../../../workflow/inventory/found-record.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { BAD_POLICY } from '../greeting.ts';
import { PLACE } from '../place.ts';
import * as records from './records.ts';
import { CHANGED_AT, documentOf, requestOf } from './request-of.ts';

/** Requests of every kind that is asked about, as if each had come in a moment ago. */

const DANA: ApprovalRequest['requester'] = { status: 'matched', slackUserId: 'U0DANALEE', by: 'email' };
const DEVON: ApprovalRequest['requester'] = { status: 'matched', slackUserId: 'U0DEVONDE', by: 'table' };
const NOBODY: ApprovalRequest['requester'] = { status: 'unmatched', why: 'Nobody has this name there' };

/** The version before it is in force again. */
const BACK_TO_V1 = { type: 'managed-policy', inForceVersionId: 'v1' } as const;
const PLACEHOLDER = { type: 'managed-policy', inForceVersionId: 'v2', placeholderVersionId: 'v2' } as const;

/** Who may become a role: a service, or the workflows of a repository. */
const trusts = (Principal: object): string =>
  documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const LAMBDA = trusts({ Service: 'lambda.amazonaws.com' });
const GITHUB = trusts({ Federated: records.arnOf('oidc-provider/token.actions.githubusercontent.com') });

const EVERYTHING = documentOf({ Effect: 'Allow', Action: '*', Resource: '*' });
const EMPTIES_REPORTS = documentOf({
  ...{ Sid: 'EmptyReports', Effect: 'Allow', Action: ['s3:GetObject', 's3:DeleteObject'] },
  Resource: 'arn:aws:s3:::reports/*',
});

/** As long as IAM takes names. */
const LONG = 'names-may-be-very-long-in-iam-'.repeat(5).slice(0, 128);

export const ordinary = requestOf(
  records.createVersion(records.DEVELOPER, 'report-cleaner'),
  EMPTIES_REPORTS,
  {
    containment: BACK_TO_V1,
    requester: DEVON,
    surroundings: {
      attachedTo: ['role/report-cleaner'],
      holders: [{ name: 'role/report-cleaner', trust: LAMBDA }],
    },
    earlier: { requests: 4, approved: 3, denied: 1, orMore: false },
  },
);

export const administrator = requestOf(records.createVersion(records.DANA, 'app-deploy'), EVERYTHING, {
  containment: BACK_TO_V1,
  requester: DANA,
  surroundings: {
    attachedTo: ['role/deployer', 'user/developer'],
    holders: [{ name: 'role/deployer', trust: GITHUB }],
  },
});

export const attachmentByRoot = requestOf(
  records.attachUserPolicy(records.ROOT, 'alice', 'arn:aws:iam::aws:policy/AdministratorAccess'),
  EVERYTHING,
  {
    containment: { type: 'attachment' },
    requester: NOBODY,
    approvalsNeeded: 2,
    surroundings: { attachedTo: ['user/alice'], before: { label: 'not attached' } },
  },
);

export const longNames = requestOf(records.putRolePolicy(records.DEVELOPER, LONG, LONG), BAD_POLICY, {
  containment: { type: 'inline-policy' },
  requester: DEVON,
  surroundings: {
    attachedTo: [`role/${LONG}`],
    holders: [{ name: `role/${LONG}`, trust: trusts({ AWS: records.arnOf(`role/${LONG}`) }) }],
  },
});

/** Eleven at once by one requester: the first of them is the worst. */
export const eleven = Array.from({ length: 11 }, (_, index) =>
  requestOf(
    records.createPolicy(records.RELEASE, `stage-${index + 1}-cleanup`),
    index === 0 ? BAD_POLICY : EMPTIES_REPORTS,
    { containment: PLACEHOLDER, requester: NOBODY, approvalsNeeded: 2 },
  ),
) as [ApprovalRequest, ...ApprovalRequest[]];

const expiresToday = {
  quarantinedAt: '2026-03-01T11:20:02.000Z',
  createdAt: '2026-03-01T11:20:03.000Z',
  expiresAt: '2026-03-02T11:20:03.000Z',
};

export const expired = requestOf(
  { ...records.createPolicy(records.DEVELOPER, 'night-shift'), eventTime: '2026-03-01T11:20:00Z' },
  BAD_POLICY,
  {
    ...expiresToday,
    containment: PLACEHOLDER,
    requester: DEVON,
    surroundings: { attachedTo: [] },
    status: 'closed',
    decision: {
      ...{ decision: 'expired', by: { name: 'nobody' }, via: 'timeout' },
      at: expiresToday.expiresAt,
    },
    outcome: 'expired',
    outcomeDetail: 'v1 is deleted for good; v2 is in force.',
    closedAt: '2026-03-02T11:20:05.000Z',
  },
);

export const superseded = requestOf(
  records.createVersion(records.DEVELOPER, 'log-rotation'),
  EMPTIES_REPORTS,
  {
    containment: BACK_TO_V1,
    requester: DEVON,
    surroundings: { attachedTo: ['role/report-cleaner'] },
    status: 'closed',
    decision: {
      ...{ decision: 'approved', by: { name: 'Ada Lovelace', slackUserId: 'U0ADALOVE' }, via: 'slack' },
      at: '2026-03-02T11:24:00.000Z',
    },
    outcome: 'superseded',
    outcomeDetail: 'v3 has been put in force meanwhile; it stays, and v2 was not put back.',
    closedAt: '2026-03-02T11:24:02.000Z',
  },
);

export const foundBySweep = requestOf(
  {
    ...foundRecord(
      {
        target: { type: 'managed-policy', policyArn: records.arnOf('policy/backup-agent'), versionId: 'v3' },
        since: CHANGED_AT,
        seenAt: CHANGED_AT,
      },
      BAD_POLICY,
      PLACE.accountId,
    ),
    ...{ foundBySweepAt: CHANGED_AT, sourceIPAddress: undefined, userAgent: undefined },
  },
  BAD_POLICY,
  {
    containment: { type: 'managed-policy', inForceVersionId: 'v2' },
    requester: NOBODY,
    approvalsNeeded: 2,
    surroundings: { attachedTo: ['role/deployer'], holders: [{ name: 'role/deployer', trust: GITHUB }] },
    quarantinedAt: '2026-03-02T11:26:02.000Z',
  },
);
