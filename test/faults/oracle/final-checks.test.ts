import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CONTAINMENTS, othersOf } from '../plays/containments.ts';
import { HARMLESS, RESTRICTED } from '../plays/documents.ts';
import type { LedgerItem, World } from '../world/world.ts';
import { checkEnd } from './final-checks.ts';
import type { PromiseNumber } from './promises.ts';

const inline = CONTAINMENTS.find(({ name }) => name === 'inline');
if (inline === undefined) throw new Error('There is no inline policy to play with.');

const AUDITED = 'decision.approved';

/** A world in which everything has gone well, and one thing in it that has not. */
interface Story {
  inForce?: string;
  request?: Record<string, unknown>;
  audit?: string[];
  status?: string;
  end?: string;
  input?: string;
  message?: string;
  log?: string;
  more?: LedgerItem[];
  bystander?: string;
  extra?: string[];
  calls?: { service: string; fate: string }[];
}

const requestItem = (changes: Record<string, unknown> = {}): LedgerItem => ({
  ...{ pk: 'request#pg-1', sk: 'request', status: 'closed', outcome: 'approved' },
  decision: { decision: 'approved', via: 'slack', by: { slackUserId: 'U0ADALOVE' } },
  document: { gzip: gzipSync(RESTRICTED).toString('base64') },
  change: { requester: { label: 'devon' } },
  ...changes,
});

function worldOf(story: Story): World {
  const entities = [
    {
      ...{ type: 'user', name: 'somebody', attachedPolicies: [] },
      inlinePolicies: ['p', ...(story.extra ?? [])].map((name) => ({
        name,
        document: story.inForce ?? RESTRICTED,
      })),
    },
    {
      type: 'user',
      name: 'bystander',
      inlinePolicies: [{ name: 'own', document: story.bystander ?? HARMLESS }],
    },
  ];
  const audit = (story.audit ?? [AUDITED]).map((event, index) => ({
    ...{ pk: 'request#pg-1', sk: `audit#${index}`, requestId: 'pg-1', event },
  }));
  return {
    sandbox: {
      iam: { listPolicies: () => [], listEntities: () => entities },
      executions: () => [
        {
          ...{ status: story.status ?? 'SUCCEEDED', path: ['Announce', 'Ended'], input: story.input ?? '{}' },
          end: { output: story.end ?? '{"outcome":"approved"}' },
        },
      ],
      slack: {
        workspace: { messages: [{ text: story.message ?? 'somebody: Approved by Ada' }] },
        secret: { botToken: 'xoxb-secret', signingSecret: 'signing-secret' },
      },
      emails: [],
    },
    calls: story.calls ?? [],
    log: [story.log ?? ''],
    readLedger: async () => [requestItem(story.request), ...audit, ...(story.more ?? [])],
  } as unknown as World;
}

async function seenIn(story: Story): Promise<PromiseNumber[]> {
  const others = othersOf(worldOf({}).sandbox.iam);
  const ended = {
    containment: inline as (typeof CONTAINMENTS)[number],
    expected: ['approved'],
    others,
    disturbed: false,
  };
  return (await checkEnd(worldOf(story), ended)).map(({ promise }) => promise);
}

describe('the oracle', () => {
  it('sees nothing wrong where nothing is', async () => {
    expect(await seenIn({})).toEqual([]);
  });

  const askedAnew = (label: string) => [
    requestItem({ pk: 'request#pg-2', createdAt: '2026-01-02', change: { requester: { label } } }),
    { pk: 'request#pg-2', sk: 'audit#0', requestId: 'pg-2', event: AUDITED },
  ];

  it('takes a request for one of its own that names a maker whom the one before did not know', async () => {
    expect(await seenIn({ more: askedAnew('found in CloudTrail') })).toEqual([]);
  });

  it('lets such an approval end before it is carried out, where it is asked about anew', async () => {
    const request = { outcome: 'superseded', createdAt: '2026-01-01' };
    const message = 'somebody: superseded; Approved by Ada';
    expect(await seenIn({ request, message, more: askedAnew('found in CloudTrail') })).toEqual([]);
    expect(await seenIn({ request, message, more: askedAnew('devon') })).toContain(4);
  });

  const throttled = [{ service: 'iam', fate: 'throttle' }];
  const ofItself = (changes: Record<string, unknown>) =>
    requestItem({
      ...{ pk: 'request#pg-2', decision: undefined, outcome: 'own-change' },
      change: { requester: { label: 'arn:aws:sts::1:assumed-role/policy-guard-contain/x' } },
      ...changes,
    });

  it('takes a request about the guard’s own write that nobody could read, once it has ended as that', async () => {
    const message = 'somebody: Approved by Ada; Own change';
    expect(await seenIn({ more: [ofItself({})], calls: throttled, message })).toEqual([]);
  });

  it.each<[string, PromiseNumber, Story]>([
    ['its own write asked about where IAM showed it', 7, { more: [ofItself({})] }],
    [
      'a request about its own write that is denied',
      7,
      { more: [ofItself({ outcome: 'denied' })], calls: throttled },
    ],
    [
      'a request about its own write that is left open',
      7,
      { more: [ofItself({ status: 'pending', outcome: undefined })], calls: throttled },
    ],
    ['a grant in force that nobody approved', 1, { request: { decision: undefined }, audit: [] }],
    ['an original that can be read back nowhere', 2, { inForce: HARMLESS, request: { document: undefined } }],
    ['an approval that put another document in force', 2, { inForce: `${RESTRICTED} ` }],
    ['two requests for one change', 3, { more: [requestItem({ pk: 'request#pg-2' })] }],
    ['two decisions of one request', 3, { audit: [AUDITED, 'decision.denied'] }],
    ['an execution without an end', 4, { status: 'RUNNING', end: '{}' }],
    ['a request that is left open', 4, { request: { status: 'pending', outcome: undefined } }],
    [
      'another end than was decided',
      4,
      { request: { outcome: 'superseded' }, message: 'somebody: superseded' },
    ],
    ['an end that nobody was told of', 4, { message: 'somebody: please decide' }],
    [
      'a decision of somebody who may not decide',
      5,
      { request: { decision: { decision: 'approved', via: 'slack', by: { slackUserId: 'U0DEVONDE' } } } },
    ],
    ['somebody else’s write taken for its own', 7, { end: '{"outcome":"own-change"}' }],
    [
      'its own write asked about',
      7,
      { input: '{"arn":"arn:aws:sts::1:assumed-role/policy-guard-contain/x"}' },
    ],
    ['a decision that is not in the audit trail', 8, { audit: [] }],
    ['a secret in the log', 8, { log: 'token xoxb-secret' }],
    ['a task token in the log', 8, { log: 'A'.repeat(668) }],
    ['a signed link in the log', 8, { log: 'https://x/decide?id=1&signature=abc' }],
    ['a change to somebody who is not concerned', 9, { bystander: RESTRICTED }],
    ['something left that nobody asked for', 9, { extra: ['stray'] }],
  ])('sees %s', async (_, promise, story) => {
    expect(await seenIn(story)).toContain(promise);
  });
});
