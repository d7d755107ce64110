import { readFileSync } from 'node:fs';
import type {
  ExchangeState,
  ExchangeSummary,
  ExecutionState,
  PersonState,
  PolicyState,
  RequestState,
  SandboxState,
  SlackMessageState,
} from '../../../../infra/sandbox/api/contract.ts';
import { NO_FAULTS } from '../../../../infra/sandbox/faults/table.ts';
import { PLACEHOLDER } from '../../../../workflow/containment/placeholder.ts';
import { aRequest, REVIEWED } from '../../../support/requests.ts';
import { requestBlocks } from './fake-blocks.ts';
import { anExchange } from './fake-course.ts';

export const CHANNEL = 'C0SECURITY';
export const APPROVER = 'U0ROBIN';
export const REQUESTER = 'U0DANA';
const GUEST = 'U0GUEST';
/** Where the bot writes to the requester alone. */
export const DIRECT = 'D0DANA';

/** A sandbox in which the sample's bad policy waits for a decision. */
export function aSandboxState(now = new Date()): SandboxState {
  const request = aWaitingRequest(now);
  return {
    policies: [quarantinedPolicy(now), administratorAccess(now)],
    entities: entities(),
    requests: [request],
    executions: [waitingExecution(request)],
    slack: {
      channel: { id: CHANNEL, name: 'security' },
      messages: [messageOf(request, now)],
      directMessages: { [REQUESTER]: DIRECT },
      homes: [],
      groups: [{ id: 'S0SECURIT', handle: 'security', members: [APPROVER] }],
      exchanges: [summaryOf(anExchange())],
    },
    emails: [],
    people: [
      aPerson({ id: APPROVER, name: 'Robin', role: 'May decide' }),
      aPerson({ id: REQUESTER, name: 'Dana', role: 'Makes changes; may not decide on her own' }),
      aPerson({ id: GUEST, name: 'Gus', kind: 'guest', role: 'A guest: sees the channel, never counts' }),
    ],
    callers: [
      {
        accessKeyId: 'AKIADEVELOPEREXAMPLE',
        secretAccessKey: 'developer-example',
        label: 'IAM user developer',
        arn: 'arn:aws:iam::123456789012:user/developer',
      },
      {
        accessKeyId: 'AKIAROOTUSERXEXAMPLE',
        secretAccessKey: 'root-example',
        label: 'Root user of the account',
        arn: 'arn:aws:iam::123456789012:root',
      },
    ],
    audit: [
      {
        at: request.createdAt,
        event: 'request.recorded',
        detail: 'Waits for a decision.',
        requestId: request.id,
      },
    ],
    settings: {
      restrictedActions: ['s3:DeleteBucket', 's3:DeleteObject'],
      requestTimeoutSeconds: 86_400,
      cloudTrailDelayMs: 1_000,
    },
    faults: { ...NO_FAULTS, cloudTrailDelayMs: 1_000 },
    endpoints: { aws: 'http://localhost:4566', page: 'http://localhost:3000' },
  };
}

function summaryOf({ id, at, from, what, status, error, tookMs }: ExchangeState): ExchangeSummary {
  return { id, at, from, what, status, error, tookMs };
}

function aPerson(overrides: Partial<PersonState>): PersonState {
  return { id: 'U0', name: 'Somebody', email: 'someone@example.com', kind: 'member', role: '', ...overrides };
}

function aWaitingRequest(now: Date): RequestState {
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();
  const { document: _, ...request } = aRequest('r1a2b3c4d5e6');
  return {
    ...request,
    change: { ...request.change, eventTime: at(-5000) },
    quarantinedAt: at(-4000),
    createdAt: at(-4000),
    expiresAt: at(3_600_000),
    outcome: null,
    policyArn: 'arn:aws:iam::123456789012:policy/my-bad-policy',
    slack: { channel: CHANNEL, ts: slackTime(now) },
  };
}

function messageOf(request: RequestState, now: Date): SlackMessageState {
  return aMessage({
    ts: slackTime(now),
    text: 'Dana created my-bad-policy',
    blocks: requestBlocks(request.id),
  });
}

export function aMessage(overrides: Partial<SlackMessageState>): SlackMessageState {
  return {
    channel: CHANNEL,
    ts: '1700000000.000100',
    threadTs: null,
    text: '',
    blocks: [],
    edited: false,
    broadcast: false,
    ephemeralFor: null,
    ...overrides,
  };
}

export function slackTime(date: Date): string {
  return (date.getTime() / 1000).toFixed(6);
}

function quarantinedPolicy(now: Date): PolicyState {
  const createdAt = now.toISOString();
  return {
    arn: 'arn:aws:iam::123456789012:policy/my-bad-policy',
    name: 'my-bad-policy',
    defaultVersionId: 'v2',
    awsManaged: false,
    attachedTo: ['role/deployer'],
    versions: [
      { versionId: 'v2', isDefault: true, document: PLACEHOLDER, createdAt },
      { versionId: 'v1', isDefault: false, document: REVIEWED, createdAt },
    ],
  };
}

function administratorAccess(now: Date): PolicyState {
  const fixture = new URL('../../../../fixtures/managed-policies/AdministratorAccess.json', import.meta.url);
  const document = readFileSync(fixture, 'utf8');
  return {
    arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    name: 'AdministratorAccess',
    defaultVersionId: 'v1',
    awsManaged: true,
    attachedTo: [],
    versions: [{ versionId: 'v1', isDefault: true, document, createdAt: now.toISOString() }],
  };
}

function entities(): SandboxState['entities'] {
  const entity = (type: 'user' | 'group' | 'role', name: string) => ({
    type,
    name,
    arn: `arn:aws:iam::123456789012:${type}/${name}`,
    attachedPolicies: [],
    inlinePolicies: [],
  });
  return [
    entity('user', 'developer'),
    entity('group', 'developers'),
    {
      ...entity('role', 'deployer'),
      attachedPolicies: ['arn:aws:iam::123456789012:policy/my-bad-policy'],
      inlinePolicies: [{ name: 'deploy', document: REVIEWED.replace('s3:DeleteBucket', 's3:PutObject') }],
    },
  ];
}

function waitingExecution(request: RequestState): ExecutionState {
  return {
    name: request.id,
    arn: request.executionArn,
    status: 'RUNNING',
    outcome: null,
    reason: null,
    currentState: 'RequestApproval',
    path: ['Inspect', 'Judge', 'Quarantine', 'Contained', 'Record', 'Recorded', 'RequestApproval'],
    startedAt: request.createdAt,
    stoppedAt: null,
    eventName: 'CreatePolicy',
    policyName: 'my-bad-policy',
    requestId: request.id,
    events: 20,
  };
}
