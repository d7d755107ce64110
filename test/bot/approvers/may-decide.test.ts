import { describe, expect, it } from 'vitest';
import { lookUpDecider } from '../../../bot/approvers/look-up.ts';
import {
  type Decider,
  type DecisionRules,
  mayDecide,
  type Subject,
} from '../../../bot/approvers/may-decide.ts';
import type { SlackProfile } from '../../../bot/media/slack/api/slack-api.ts';
import { SlackCallError } from '../../../bot/media/slack/api/slack-error.ts';
import type { NamedRequester } from '../../../workflow/ledger/requesters.ts';
import { aChange } from '../../support/requests.ts';

const ROBIN: SlackProfile = {
  id: 'U0ROBIN',
  teamId: 'T0TEAM',
  teamIds: [],
  name: 'robin',
  realName: 'Robin Banks',
  displayName: 'Rob',
  email: 'robin@example.com',
  deleted: false,
  bot: false,
  guest: false,
  stranger: false,
};

const RULES: DecisionRules = {
  SLACK_CHANNEL: 'C0SECURITY',
  SLACK_TEAM_ID: 'T0TEAM',
  APPROVERS: ['U0ROBIN'],
  BREAK_GLASS: false,
};

function decide(
  {
    decision,
    match,
    requester = aChange().requester,
    others = [],
    ...decider
  }: Partial<Decider & Subject & NamedRequester> & { others?: NamedRequester[] } = {},
  rules: Partial<DecisionRules> = {},
) {
  return mayDecide(
    { profile: ROBIN, groups: [], channel: 'C0SECURITY', ...decider },
    { decision: decision ?? 'approved', requesters: [{ requester, match }, ...others] },
    { ...RULES, ...rules },
  );
}

const as = (profile: Partial<SlackProfile>) => decide({ profile: { ...ROBIN, ...profile } });

const matched = (slackUserId: string, by: 'table' | 'email') =>
  ({ status: 'matched', slackUserId, by }) as const;
const claimed = (claims: string | undefined) =>
  ({ status: 'unmatched', why: 'nobody', ...(claims !== undefined && { claims }) }) as const;

describe('who may decide', () => {
  it('who is named', () => {
    expect(decide()).toEqual({ status: 'allowed' });
  });

  it('who is in a named user group', () => {
    const groups = [{ groupId: 'S0SECURITY', members: ['U0OTHER', 'U0ROBIN'] }];
    expect(decide({ groups }, { APPROVERS: ['S0SECURITY'] })).toEqual({ status: 'allowed' });
  });

  it('who is in one named group, though another could not be read', () => {
    const groups = [
      { groupId: 'S0A', members: 'unknown' as const },
      { groupId: 'S0B', members: ['U0ROBIN'] },
    ];
    expect(decide({ groups }, { APPROVERS: ['S0A', 'S0B'] })).toEqual({ status: 'allowed' });
  });

  it('a member of an Enterprise organisation who belongs to the workspace', () => {
    expect(as({ teamId: 'E0ORG', teamIds: ['T0OTHER', 'T0TEAM'] })).toEqual({ status: 'allowed' });
  });
});

describe('who may not decide', () => {
  it.each([
    ['somebody whose account is deactivated', as({ deleted: true }), 'deactivated'],
    ['a bot', as({ bot: true }), 'not bots'],
    ['a guest', as({ guest: true }), 'Guests'],
    ['a member of another workspace', as({ teamId: 'T0OTHER' }), 'People from outside the workspace'],
    ['somebody from outside, guest or not', as({ stranger: true, guest: true }), 'People from outside'],
    ['somebody of no known workspace', as({ teamId: undefined }), 'People from outside the workspace'],
    ['who is not named', decide({}, { APPROVERS: ['U0OTHER'] }), 'not on the list'],
    [
      'who is in no named group',
      decide({ groups: [{ groupId: 'S0A', members: ['U0OTHER'] }] }, { APPROVERS: ['S0A'] }),
      'not on the list',
    ],
    [
      'who is in a group that is not named',
      decide({ groups: [{ groupId: 'S0B', members: ['U0ROBIN'] }] }, { APPROVERS: ['S0A'] }),
      'not on the list',
    ],
    ['who clicks in another channel', decide({ channel: 'C0OTHER' }), 'security channel only'],
    ['who clicks in no channel', decide({ channel: undefined }), 'security channel only'],
    ['the requester', as({ email: 'dana@example.com' }), 'You look like the requester'],
    [
      'the requester, though named as an approver',
      decide({ profile: { ...ROBIN, email: 'dana@example.com' } }, { APPROVERS: ['U0ROBIN'] }),
      'You look like the requester',
    ],
  ])('%s', (_, verdict, reason) => {
    expect(verdict).toEqual({
      status: 'refused',
      code: expect.any(String),
      reason: expect.stringContaining(reason),
    });
  });
});

describe('must always hold 5: a lookup that fails means no', () => {
  it.each([
    ['the profile', decide({ profile: { unknown: 'no answer' } }), 'could not be asked who you are'],
    [
      'a group that might have named the person',
      decide({ groups: [{ groupId: 'S0A', members: 'unknown' }] }, { APPROVERS: ['S0A', 'U0OTHER'] }),
      'could not be asked for the members',
    ],
    ['a group that was never looked up', decide({ groups: [] }, { APPROVERS: ['S0A'] }), 'not on the list'],
    ['the e-mail address', as({ email: undefined }), 'no confirmed e-mail address'],
  ])('%s', (_, verdict, reason) => {
    expect(verdict).toEqual({
      status: 'refused',
      code: expect.any(String),
      reason: expect.stringContaining(reason),
    });
  });
});

it('says in one clean sentence why Slack could not be asked', async () => {
  const failing = async () => {
    throw new SlackCallError('users.info', 'unreachable', 'HTTP 503');
  };
  const slack = { profile: failing, groupMembers: failing };
  const decider = await lookUpDecider(slack, RULES, { userId: 'U0ROBIN', channel: 'C0SECURITY' });
  expect(decide(decider)).toMatchObject({
    reason: 'Slack could not be asked who you are (HTTP 503), so nothing was decided. Try again.',
  });
});

describe('the requester, as the ledger has them', () => {
  const IAM_USER = { ...aChange().requester, type: 'IAMUser' };
  const dana = { ...ROBIN, email: 'dana@example.com' };
  const code = (verdict: ReturnType<typeof decide>) =>
    verdict.status === 'refused' ? verdict.code : verdict.status;

  it.each([
    ['is refused by the match', { match: matched('U0ROBIN', 'table') }, 'requester'],
    ['is refused by an e-mail', { match: matched('U0ROBIN', 'email') }, 'requester'],
    ['is refused where a chosen name claims them', { match: claimed('U0ROBIN') }, 'requester'],
    [
      'is refused where Slack could not be asked, but the table names them',
      { match: { status: 'unknown', why: '', claims: 'U0ROBIN' } as const },
      'requester',
    ],
    [
      'is not somebody of a like name where the table says who it is',
      { match: matched('U0SAM', 'table'), profile: dana, requester: IAM_USER },
      'allowed',
    ],
    [
      'may have a second account where an e-mail found the first',
      { match: matched('U0SAM', 'email'), profile: dana },
      'requester',
    ],
    [
      'is looked for by every name where nobody is known',
      { match: claimed(undefined), profile: dana },
      'requester',
    ],
    [
      'is known by the table also to a profile without an e-mail',
      { match: matched('U0SAM', 'table'), profile: { ...ROBIN, email: undefined }, requester: IAM_USER },
      'allowed',
    ],
    [
      'is also who a session is named after, though the table gives it to another',
      { match: matched('U0SAM', 'table'), profile: dana },
      'requester',
    ],
    [
      'is also who a federated user is named after, though the table gives it to another',
      {
        match: matched('U0SAM', 'table'),
        profile: dana,
        requester: { ...IAM_USER, type: 'FederatedUser' },
      },
      'requester',
    ],
    [
      'is not known by the table alone for a session to a profile without an e-mail',
      { match: matched('U0SAM', 'table'), profile: { ...ROBIN, email: undefined } },
      'no-email',
    ],
    [
      'is nobody whom neither the table nor the session names',
      { match: matched('U0SAM', 'table') },
      'allowed',
    ],
  ] as const)('%s', (_, attempt, expected) => {
    expect(code(decide(attempt))).toBe(expected);
  });

  it('is everybody whom one of several events names', () => {
    const others = [
      { requester: { ...aChange().requester, names: ['bob'] }, match: matched('U0ROBIN', 'table') },
    ];
    expect(decide({ match: matched('U0SAM', 'table'), others })).toMatchObject({
      code: 'requester',
      reason: expect.stringContaining('Look up in CloudTrail which is true'),
    });
    expect(code(decide({ match: matched('U0ROBIN', 'table'), others: [] }))).toBe('requester');
  });

  it('is somebody whom one of several events names by a name of theirs', () => {
    const others = [{ requester: { ...aChange().requester, names: ['robin'] }, match: undefined }];
    expect(code(decide({ match: matched('U0SAM', 'email'), others }))).toBe('requester');
  });

  it('may deny where several are named, so that forging the name of every approver locks nothing', () => {
    const others = [{ requester: aChange().requester, match: matched('U0SAM', 'table') }];
    expect(decide({ match: matched('U0ROBIN', 'table'), others, decision: 'denied' })).toEqual({
      status: 'allowed',
    });
    expect(code(decide({ match: matched('U0ROBIN', 'table'), decision: 'denied' }))).toBe('requester');
  });

  it('may break the glass as an approver, where the setting allows it, and only to approve', () => {
    const match = matched('U0ROBIN', 'table');
    const on = { BREAK_GLASS: true };
    expect(decide({ match }, on)).toEqual({ status: 'break-glass' });
    expect(code(decide({ match, decision: 'denied' }, on))).toBe('requester');
    expect(code(decide({ match }, { ...on, APPROVERS: ['U0OTHER'] }))).toBe('not-an-approver');
    expect(code(decide({ match, profile: { ...ROBIN, guest: true } }, on))).toBe('guest');
  });

  it('breaks no glass where it is only not certain who they are', () => {
    expect(code(decide({ profile: { ...ROBIN, email: undefined } }, { BREAK_GLASS: true }))).toBe('no-email');
  });
});
