import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { isOwnChange } from '../../../workflow/events/own-change.ts';
import { anEvent, anIdentity, identityNames } from './event-fixtures.ts';

const CONTAIN_ROLE = 'arn:aws:iam::123456789012:role/policy-guard-contain';

const by = (userIdentity: unknown, overrides: Record<string, unknown> = {}) =>
  parseRecord(anEvent('create-policy-version', { userIdentity, ...overrides }).detail);

/** The guard's identity with one thing bent. */
function bent(bend: (identity: ReturnType<typeof anIdentity>) => void): unknown {
  const identity = anIdentity('contain-role');
  bend(identity);
  return identity;
}

describe('the guard knows its own writes', () => {
  it('takes a session of exactly its own role for itself', () => {
    expect(isOwnChange(by(anIdentity('contain-role')), CONTAIN_ROLE)).toBe(true);
  });

  it('knows itself by any session name, and under a path and in another partition', () => {
    const role = 'arn:aws-us-gov:iam::123456789012:role/security/policy-guard-contain';
    const identity = bent((one) => {
      one.sessionContext.sessionIssuer.arn = role;
      one.arn = 'arn:aws-us-gov:sts::123456789012:assumed-role/policy-guard-contain/another';
    });
    expect(isOwnChange(by(identity), role)).toBe(true);
  });

  it.each(identityNames.filter((name) => name !== 'contain-role'))('never takes %s for itself', (name) => {
    expect(isOwnChange(by(anIdentity(name)), CONTAIN_ROLE)).toBe(false);
  });
});

const issuer = (set: Record<string, unknown>) =>
  bent((one) => Object.assign(one.sessionContext.sessionIssuer, set));

describe('nobody else is taken for the guard', () => {
  it.each<[string, unknown]>([
    [
      'another role whose session is named like the guard',
      {
        ...anIdentity('assumed-role'),
        principalId: 'AROAEXAMPLEROLE000000:policy-guard-contain',
        arn: 'arn:aws:sts::123456789012:assumed-role/deployer/policy-guard-contain',
      },
    ],
    [
      'a role of the same name in another account',
      issuer({
        arn: 'arn:aws:iam::999999999999:role/policy-guard-contain',
        accountId: '999999999999',
      }),
    ],
    [
      'a role of the same name under a path',
      issuer({ arn: 'arn:aws:iam::123456789012:role/x/policy-guard-contain' }),
    ],
    ['a role whose name begins alike', issuer({ arn: `${CONTAIN_ROLE}-2` })],
    ['a role whose name is a part of it', issuer({ arn: 'arn:aws:iam::123456789012:role/policy-guard' })],
    ['a role in other case', issuer({ arn: 'arn:aws:iam::123456789012:role/Policy-Guard-Contain' })],
    ['a role with white space around its ARN', issuer({ arn: ` ${CONTAIN_ROLE} ` })],
    ['a role in another partition', issuer({ arn: CONTAIN_ROLE.replace('arn:aws:', 'arn:aws-cn:') })],
    [
      'an issuer that is the session itself',
      issuer({
        arn: 'arn:aws:sts::123456789012:assumed-role/policy-guard-contain/policy-guard-contain',
      }),
    ],
    ['an issuer that is a user of that ARN', issuer({ type: 'IAMUser' })],
    ['an issuer without ARN', issuer({ arn: undefined })],
    ['an issuer with an empty ARN', issuer({ arn: '' })],
    ['an issuer whose ARN is a list', issuer({ arn: [CONTAIN_ROLE] })],
    ['an issuer without account', issuer({ accountId: undefined })],
    ['an issuer of another account', issuer({ accountId: '999999999999' })],
    [
      'no issuer',
      bent((one) => {
        one.sessionContext.sessionIssuer = undefined;
      }),
    ],
    [
      'no session context',
      bent((one) => {
        one.sessionContext = undefined;
      }),
    ],
    [
      'a federated user with that issuer',
      bent((one) => {
        one.type = 'FederatedUser';
      }),
    ],
    [
      'an IAM user with that issuer',
      bent((one) => {
        one.type = 'IAMUser';
      }),
    ],
    [
      'a type in other case',
      bent((one) => {
        one.type = 'assumedRole';
      }),
    ],
    [
      'no type',
      bent((one) => {
        one.type = undefined;
      }),
    ],
    [
      'a caller of another account',
      bent((one) => {
        one.accountId = '999999999999';
      }),
    ],
    [
      'a caller without account',
      bent((one) => {
        one.accountId = undefined;
      }),
    ],
    ['an identity that is a text', CONTAIN_ROLE],
    [
      'an IAM user with the role’s ARN',
      { ...anIdentity('iam-user'), arn: CONTAIN_ROLE, userName: CONTAIN_ROLE },
    ],
  ])('%s', (_, identity) => {
    expect(isOwnChange(by(identity), CONTAIN_ROLE)).toBe(false);
  });

  it('a record of another account', () => {
    const record = by(anIdentity('contain-role'), { recipientAccountId: '999999999999' });
    expect(isOwnChange(record, CONTAIN_ROLE)).toBe(false);
  });

  it('a record that names no account', () => {
    const record = by(anIdentity('contain-role'), { recipientAccountId: undefined });
    expect(isOwnChange(record, CONTAIN_ROLE)).toBe(false);
  });

  it.each(['', 'role', 'arn:aws:iam:::role/policy-guard-contain'])(
    'anybody at all, while the role is set to “%s”',
    (role) => {
      expect(isOwnChange(by(anIdentity('contain-role')), role)).toBe(false);
      expect(isOwnChange(by(issuer({ arn: role || undefined, accountId: '' })), role)).toBe(false);
    },
  );
});
