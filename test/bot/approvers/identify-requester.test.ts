import { describe, expect, it } from 'vitest';
import { identifyAgain, identifyRequester } from '../../../bot/approvers/identify-requester.ts';
import type { SlackProfile } from '../../../bot/media/slack/api/slack-api.ts';
import { SlackCallError } from '../../../bot/media/slack/api/slack-error.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { aChange, aRequest } from '../../support/requests.ts';

const ALICE: SlackProfile = {
  ...{ id: 'U0ALICE', teamId: 'T0TEAM', teamIds: [], email: 'alice@example.com' },
  ...{ deleted: false, bot: false, guest: false, stranger: false },
};
const arn = 'arn:aws:iam::123456789012:user/alice';
const user = { name: 'alice', id: 'AIDAALICE', accessKeyId: 'AKIAALICE' };
const requester = { type: 'IAMUser', label: 'alice', names: ['alice'], arn, user };
const change = aChange({ requester });
const MATCHED = { status: 'matched', slackUserId: 'U0ALICE', by: 'user-name' } as const;

/** Alice is no new user of IAM. */
const createdAt = '2024-01-01T00:00:00.000Z';
const requesterAge = { userId: 'AIDAALICE', createdAt, accessKeys: [{ id: 'AKIAALICE', createdAt }] };
const AGED = { requesterAge };

type Deps = Parameters<typeof identifyAgain>[0];

function deps(
  changes: {
    findByEmail?: () => Promise<SlackProfile | undefined>;
    table?: boolean;
    seenSince?: string;
    now?: string;
  } = {},
) {
  const asked: string[] = [];
  const stored: unknown[] = [];
  const findByEmail = async (email: string) => {
    asked.push(email);
    return changes.findByEmail === undefined ? ALICE : changes.findByEmail();
  };
  const made = {
    slack: {
      findByEmail,
      profile: async () => Promise.reject(new SlackCallError('users.info', 'refused', 'user_not_found')),
    },
    requesters: {
      table: changes.table ? [{ pattern: arn, slackUserId: 'U0GONE' }] : [],
      ...{ emailDomain: 'example.com', federatedRoles: [], teamId: 'T0TEAM' },
    },
    settings: { APPROVALS_REQUIRED: 1, FRESH_REQUESTER_SECONDS: 86_400 },
    now: () => new Date(changes.now ?? '2026-03-01T12:10:00.000Z'),
    ledger: {
      seenSince: async () => changes.seenSince ?? '2025-01-01T00:00:00.000Z',
      storeRequester: async (...input: unknown[]) => {
        stored.push(input);
        return true;
      },
    },
    log: { warn: () => undefined },
  };
  return { deps: made as unknown as Deps, asked, stored };
}

const down = () => Promise.reject(new SlackCallError('users.lookupByEmail', 'unreachable', 'no answer'));
const unknown = (overrides: Partial<ApprovalRequest> = {}) =>
  aRequest('r1', {
    ...{
      change,
      surroundings: AGED,
      approvalsNeeded: 2,
      requester: { status: 'unknown', why: 'Slack could not be asked' },
    },
    ...overrides,
  });

describe('identifying a requester', () => {
  it('asks Slack for the address, and needs one approver for whom it found', async () => {
    const { deps: made, asked } = deps();
    expect(await identifyRequester(made, aRequest('r1', { change, surroundings: AGED }))).toEqual({
      requester: MATCHED,
      approvalsNeeded: 1,
    });
    expect(asked).toEqual(['alice@example.com']);
  });

  it.each([
    ['cannot be reached', down],
    ['throws whatever else', () => Promise.reject(new TypeError('no token'))],
  ])(
    'never fails: while Slack %s, it is unknown, and a second approver is needed',
    async (_, findByEmail) => {
      const made = deps({ findByEmail }).deps;
      expect(await identifyRequester(made, aRequest('r1', { change, surroundings: AGED }))).toEqual({
        requester: { status: 'unknown', why: 'Slack could not be asked' },
        approvalsNeeded: 2,
      });
    },
  );

  it('takes it for an answer that Slack knows no such user', async () => {
    const { requester } = await identifyRequester(
      deps({ table: true }).deps,
      aRequest('r1', { change, surroundings: AGED }),
    );
    expect(requester).toMatchObject({ status: 'unmatched', why: expect.stringContaining('U0GONE') });
  });
});

describe('a user whose name may be another’s', () => {
  it.each([
    [
      'who is new',
      { surroundings: { requesterAge: { ...requesterAge, createdAt: '2026-03-01T11:59:00.000Z' } } },
      {},
    ],
    [
      'who was new when the change was made, however long ago that is',
      {
        createdAt: '2026-03-05T12:00:00.000Z',
        surroundings: { requesterAge: { ...requesterAge, createdAt: '2026-03-01T11:59:00.000Z' } },
      },
      { now: '2026-03-05T12:00:00.000Z' },
    ],
    [
      'whose event claims to be of a time to come',
      {
        change: aChange({ requester, eventTime: '2026-04-01T12:00:00.000Z' }),
        surroundings: { requesterAge: { ...requesterAge, createdAt: '2026-03-01T11:59:00.000Z' } },
      },
      {},
    ],
    [
      'whose name another user has by now',
      { surroundings: { requesterAge: { ...requesterAge, userId: 'AIDAOTHER' } } },
      {},
    ],
    ['whose key is gone', { surroundings: { requesterAge: { ...requesterAge, accessKeys: [] } } }, {}],

    ['whose age could not be read', { surroundings: undefined }, {}],
    ['who was never seen under this name', { surroundings: AGED }, { seenSince: '2026-03-01T12:10:00.000Z' }],
  ])('%s is nobody for certain, and whom the name points to may not decide', async (_, request, changes) => {
    const { deps: made } = deps(changes);
    expect(await identifyRequester(made, aRequest('r1', { change, ...request }))).toMatchObject({
      requester: { status: 'unmatched', claims: 'U0ALICE' },
      approvalsNeeded: 2,
    });
  });
});

describe('a federated user', () => {
  const federated = {
    ...requester,
    type: 'FederatedUser',
    arn: 'arn:aws:sts::123456789012:federated-user/x',
  };
  const session = { ...user, accessKeyId: 'ASIAALICE' };
  const asked = (by: typeof session | undefined) => {
    const made = deps().deps;
    made.requesters.table = [
      { pattern: 'arn:aws:sts::123456789012:federated-user/*', slackUserId: 'U0ALICE' },
    ];
    made.slack.profile = async () => ALICE;
    const request = { change: aChange({ requester: { ...federated, user: by } }), surroundings: AGED };
    return identifyRequester(made, aRequest('r1', request));
  };

  it.each([
    ['whose session is new', { ...session, sessionSince: '2026-03-01T11:59:00.000Z' }],
    ['who was let in by nobody who is told', undefined],
  ])('%s is nobody for certain: any key may have let it in', async (_, by) => {
    expect(await asked(by)).toMatchObject({
      requester: { status: 'unmatched', claims: 'U0ALICE' },
      approvalsNeeded: 2,
    });
  });

  it('is whom the table gives once its session is old', async () => {
    const old = { ...session, sessionSince: '2026-02-28T11:59:00.000Z' };
    expect(await asked(old)).toMatchObject({ requester: { status: 'matched' }, approvalsNeeded: 1 });
  });
});

describe('asking again', () => {
  it('stores what is known now, and returns the request as it is', async () => {
    const { deps: made, stored } = deps();
    expect(await identifyAgain(made, unknown())).toMatchObject({ requester: MATCHED, approvalsNeeded: 1 });
    expect(stored).toEqual([['r1', MATCHED, 1]]);
  });

  it('asks nobody about a requester who was matched, or certainly was not', async () => {
    for (const requester of [MATCHED, { status: 'unmatched', why: 'root' } as const, undefined]) {
      const { deps: made, asked } = deps();
      const request = unknown({ requester });
      expect(await identifyAgain(made, request)).toBe(request);
      expect(asked).toEqual([]);
    }
  });

  it('leaves a request as it is while Slack still gives no answer', async () => {
    const { deps: made, stored } = deps({ findByEmail: down });
    const request = unknown();
    expect(await identifyAgain(made, request)).toBe(request);
    expect(stored).toEqual([]);
  });

  it('believes the ledger where somebody has voted meanwhile', async () => {
    const voted = unknown({ votes: [{ by: { name: 'Ada' }, via: 'slack', at: '2026-03-01T12:05:00.000Z' }] });
    const { deps: made } = deps();
    made.ledger.storeRequester = async () => false;
    made.ledger.read = async () => voted;
    expect(await identifyAgain(made, unknown())).toBe(voted);
  });

  it('survives a ledger that is away', async () => {
    const { deps: made } = deps();
    made.ledger.storeRequester = () => Promise.reject(new Error('away'));
    const request = unknown();
    expect(await identifyAgain(made, request)).toBe(request);
  });
});
