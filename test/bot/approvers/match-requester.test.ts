import { describe, expect, it } from 'vitest';
import { type Found, matchRequester } from '../../../bot/approvers/match-requester.ts';
import { type RequesterRules, traceRequester } from '../../../bot/approvers/trace-requester.ts';
import type { SlackProfile } from '../../../bot/media/slack/api/slack-api.ts';
import type { Requester } from '../../../workflow/events/change.ts';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { describeRequester } from '../../../workflow/events/requester.ts';
import { approvalsNeededFor } from '../../../workflow/ledger/requesters.ts';
import { fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';

const RULES: RequesterRules = { table: [], emailDomain: undefined, federatedRoles: [], teamId: 'T0TEAM' };

const DANA: SlackProfile = {
  ...{ id: 'U0DANA', teamId: 'T0TEAM', teamIds: [], email: 'dana@example.com' },
  ...{ deleted: false, bot: false, guest: false, stranger: false },
};

/** The identities of the fixtures, as the guard reads them. */
const requester = (name: string): Requester =>
  describeRequester(
    parseRecord(fixtureEvent('create-policy', { userIdentity: fixtureIdentity(name) }).detail),
  );

const CI: Requester = {
  ...{ type: 'AssumedRole', label: 'ci', names: ['dana@example.com'] },
  arn: 'arn:aws:sts::123456789012:assumed-role/deployer/dana@example.com',
  roleArn: 'arn:aws:iam::123456789012:role/deployer',
};
const ALICE: Requester = {
  ...{ type: 'IAMUser', label: 'alice', names: ['alice'] },
  arn: 'arn:aws:iam::123456789012:user/team/alice',
};
const tableOf = (...entries: [string, string][]) => ({
  table: entries.map(([pattern, slackUserId]) => ({ pattern, slackUserId })),
});

function match(who: Requester, found: Found[], rules: Partial<RequesterRules> = {}) {
  const all = { ...RULES, ...rules };
  return matchRequester(traceRequester(who, all), found, all);
}

describe('whom a requester leads to', () => {
  it.each<[string, Requester, Partial<RequesterRules>, object]>([
    [
      'an Identity Center session: its e-mail',
      requester('identity-center-session'),
      {},
      { to: 'email', addresses: ['dana@example.com'], ground: 'email' },
    ],
    [
      'a SAML user: its e-mail',
      requester('saml-user'),
      {},
      { addresses: ['erin@example.com'], ground: 'email' },
    ],
    [
      'a session of a role whose names an identity provider sets',
      CI,
      { federatedRoles: ['arn:aws:iam::*:role/deploy*'] },
      { addresses: ['dana@example.com'], ground: 'email' },
    ],
    [
      'a session of any other role: only a claim',
      CI,
      {},
      { addresses: ['dana@example.com'], ground: 'claim' },
    ],
    [
      'a source identity of any other role: only a claim',
      requester('assumed-role-with-source-identity'),
      {},
      { addresses: ['dana@example.com'], ground: 'claim' },
    ],
    [
      'an IAM user: its name at the domain',
      ALICE,
      { emailDomain: 'Example.com' },
      { addresses: ['alice@example.com'], ground: 'user-name' },
    ],
    [
      'an IAM user that is called by the address',
      { ...ALICE, names: ['alice@example.com'] },
      { emailDomain: 'example.com' },
      { addresses: ['alice@example.com'], ground: 'user-name' },
    ],
    [
      'the table before everything else',
      { ...ALICE, names: ['alice@example.com'] },
      { emailDomain: 'example.com', ...tableOf(['arn:aws:iam::*:user/*alice', 'U0ALICE']) },
      { to: 'user', slackUserId: 'U0ALICE', ground: 'table' },
    ],
    [
      'the table by a role',
      CI,
      tableOf(['arn:aws:iam::123456789012:role/deployer', 'U0OWNER']),
      { slackUserId: 'U0OWNER', ground: 'table' },
    ],
    [
      'the table by every session of a role',
      CI,
      tableOf(['arn:aws:sts::*:assumed-role/deployer/*', 'U0OWNER']),
      { slackUserId: 'U0OWNER', ground: 'table' },
    ],
    [
      'the table by a session name that the caller chose: only a claim',
      CI,
      tableOf(['arn:aws:sts::*:assumed-role/deployer/dana@example.com', 'U0DANA']),
      { slackUserId: 'U0DANA', ground: 'claim' },
    ],
    [
      'root, by the table',
      requester('root'),
      tableOf(['arn:aws:iam::*:root', 'U0OWNER']),
      { slackUserId: 'U0OWNER', ground: 'table' },
    ],
    [
      'the same person named twice: that person',
      ALICE,
      tableOf(['arn:aws:iam::*:user/*', 'U0ALICE'], ['arn:aws:iam::*:user/team/alice', 'U0ALICE']),
      { slackUserId: 'U0ALICE', ground: 'table' },
    ],
  ])('%s', (_, who, rules, trace) => {
    expect(traceRequester(who, { ...RULES, ...rules })).toMatchObject(trace);
  });

  it.each<[string, Requester, Partial<RequesterRules>, string]>([
    ['root', requester('root'), {}, 'Root of the account is nobody in Slack'],
    [
      'a session name that is no address',
      { ...CI, names: ['ci-build-42'] },
      {},
      'The session name ci-build-42 is no e-mail address',
    ],
    ['an IAM user without a domain', ALICE, {}, 'The user name alice is no e-mail address'],
    [
      'an IAM user of another domain',
      { ...ALICE, names: ['alice@evil.example'] },
      { emailDomain: 'example.com' },
      'The user name alice@evil.example makes no address of example.com',
    ],
    [
      'two entries of the table for two people',
      ALICE,
      tableOf(['arn:aws:iam::*:user/*', 'U0ONE'], ['arn:aws:iam::*:user/team/alice', 'U0TWO']),
      'The table of requesters leads to more than one Slack user',
    ],
    [
      'a record without an identity',
      { type: 'Unknown', label: 'unknown', names: [] },
      {},
      'does not name the caller',
    ],
  ])('%s: nobody, and says why', (_, who, rules, why) => {
    expect(match(who, [], rules)).toEqual({ status: 'unmatched', why: expect.stringContaining(why) });
  });

  it('no session of another role can pass for one of Identity Center', () => {
    for (const roleArn of [
      'arn:aws:iam::123456789012:role/AWSReservedSSO_Admin_0123456789abcdef',
      'arn:aws:iam::123456789012:role/x/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123',
    ]) {
      expect(traceRequester({ ...CI, roleArn }, RULES)).toMatchObject({ ground: 'claim' });
    }
  });
});

describe('what Slack says of them', () => {
  const dana = requester('identity-center-session');

  it('exactly one member is the match', () => {
    expect(match(dana, [DANA])).toEqual({ status: 'matched', slackUserId: 'U0DANA', by: 'email' });
  });

  it('a claim is no match, and keeps that person from deciding', () => {
    expect(match(CI, [DANA])).toEqual({
      ...{ status: 'unmatched', claims: 'U0DANA' },
      why: 'The name dana@example.com could be chosen by the caller, so it proves nothing',
    });
  });

  it.each<[string, Found, string]>([
    ['nobody', 'nobody', 'No Slack user has the address dana@example.com'],
    ['a guest', { ...DANA, guest: true }, 'no full member'],
    ['a bot', { ...DANA, bot: true }, 'no full member'],
    ['somebody deactivated', { ...DANA, deleted: true }, 'no full member'],
    ['somebody of another workspace', { ...DANA, teamId: 'T0OTHER' }, 'no full member'],
    ['an address that nobody has confirmed', { ...DANA, email: undefined }, 'not confirmed'],
  ])('%s is no match', (_, found, why) => {
    expect(match(dana, [found])).toEqual({ status: 'unmatched', why: expect.stringContaining(why) });
  });

  it('two people are no match', () => {
    const two = { ...dana, names: ['dana@example.com', 'sam@example.com'] };
    expect(match(two, [DANA, { ...DANA, id: 'U0SAM' }])).toMatchObject({
      status: 'unmatched',
      why: expect.stringContaining('more than one'),
    });
  });

  it('a failed look-up is no answer', () => {
    expect(match(dana, ['unknown'])).toEqual({ status: 'unknown', why: 'Slack could not be asked' });
  });

  it('the table holds without Slack', () => {
    expect(match(ALICE, ['unknown'], tableOf(['arn:aws:iam::*:user/*', 'U0ALICE']))).toEqual({
      status: 'matched',
      slackUserId: 'U0ALICE',
      by: 'table',
    });
  });
});

describe('how many approvers that takes', () => {
  it('two at least where CloudTrail confirms nobody', () => {
    expect(approvalsNeededFor([], 1)).toBe(2);
  });

  it.each([
    ['matched', 1, 1],
    ['matched', 3, 3],
    ['unmatched', 1, 2],
    ['unmatched', 3, 3],
    ['unknown', 1, 2],
  ] as const)('%s, alone or beside somebody certain, %i required: %i', (status, required, needed) => {
    const match = { status, slackUserId: 'U', by: 'table', why: '' } as const;
    expect(approvalsNeededFor([match], required)).toBe(needed);
    const certain = { status: 'matched', slackUserId: 'U', by: 'table' } as const;
    expect(approvalsNeededFor([certain, match], required)).toBe(needed);
  });
});
