import { describe, expect, it } from 'vitest';
import type { DecisionAttempt, DecisionRules } from '../../../bot/approvers/may-decide.ts';
import { mayDecide } from '../../../bot/approvers/may-decide.ts';
import type { SlackProfile } from '../../../bot/slack/api/slack-api.ts';
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
};

const RULES: DecisionRules = { channel: 'C0SECURITY', teamId: 'T0TEAM', approvers: [] };

function decide(attempt: Partial<DecisionAttempt> = {}, rules: Partial<DecisionRules> = {}) {
  const { requester } = aChange();
  return mayDecide(
    { profile: ROBIN, groups: [], channel: 'C0SECURITY', requester, ...attempt },
    { ...RULES, ...rules },
  );
}

const as = (profile: Partial<SlackProfile>) => decide({ profile: { ...ROBIN, ...profile } });

describe('who may decide', () => {
  it('every full member of the workspace, when no approvers are named', () => {
    expect(decide()).toEqual({ allowed: true });
  });

  it('who is named', () => {
    expect(decide({}, { approvers: ['U0ROBIN'] })).toEqual({ allowed: true });
  });

  it('who is in a named user group', () => {
    const groups = [{ groupId: 'S0SECURITY', members: ['U0OTHER', 'U0ROBIN'] }];
    expect(decide({ groups }, { approvers: ['S0SECURITY'] })).toEqual({ allowed: true });
  });

  it('who is in one named group, though another could not be read', () => {
    const groups = [
      { groupId: 'S0A', members: 'unknown' as const },
      { groupId: 'S0B', members: ['U0ROBIN'] },
    ];
    expect(decide({ groups }, { approvers: ['S0A', 'S0B'] })).toEqual({ allowed: true });
  });

  it('a member of an Enterprise organisation who belongs to the workspace', () => {
    expect(as({ teamId: 'E0ORG', teamIds: ['T0OTHER', 'T0TEAM'] })).toEqual({ allowed: true });
  });
});

describe('who may not decide', () => {
  it.each([
    ['somebody whose account is deactivated', as({ deleted: true }), 'deactivated'],
    ['a bot', as({ bot: true }), 'not bots'],
    ['a guest', as({ guest: true }), 'Guests'],
    ['a member of another workspace', as({ teamId: 'T0OTHER' }), 'members of the configured workspace'],
    ['somebody of no known workspace', as({ teamId: undefined }), 'members of the configured workspace'],
    ['who is not named', decide({}, { approvers: ['U0OTHER'] }), 'not on the list'],
    [
      'who is in no named group',
      decide({ groups: [{ groupId: 'S0A', members: ['U0OTHER'] }] }, { approvers: ['S0A'] }),
      'not on the list',
    ],
    [
      'who is in a group that is not named',
      decide({ groups: [{ groupId: 'S0B', members: ['U0ROBIN'] }] }, { approvers: ['S0A'] }),
      'not on the list',
    ],
    ['who clicks in another channel', decide({ channel: 'C0OTHER' }), 'security channel only'],
    ['who clicks in no channel', decide({ channel: undefined }), 'security channel only'],
    ['the requester', as({ email: 'dana@example.com' }), 'You look like the requester'],
    [
      'the requester, though named as an approver',
      decide({ profile: { ...ROBIN, email: 'dana@example.com' } }, { approvers: ['U0ROBIN'] }),
      'You look like the requester',
    ],
  ])('%s', (_, verdict, reason) => {
    expect(verdict).toEqual({ allowed: false, reason: expect.stringContaining(reason) });
  });
});

describe('must always hold 5: a lookup that fails means no', () => {
  it.each([
    ['the profile', decide({ profile: { unknown: 'no answer' } }), 'could not be asked who you are'],
    [
      'a group that might have named the person',
      decide({ groups: [{ groupId: 'S0A', members: 'unknown' }] }, { approvers: ['S0A', 'U0OTHER'] }),
      'could not be asked for the members',
    ],
    ['a group that was never looked up', decide({ groups: [] }, { approvers: ['S0A'] }), 'not on the list'],
    ['the e-mail address', as({ email: undefined }), 'no confirmed e-mail address'],
  ])('%s', (_, verdict, reason) => {
    expect(verdict).toEqual({ allowed: false, reason: expect.stringContaining(reason) });
  });
});
