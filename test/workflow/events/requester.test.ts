import { describe, expect, it } from 'vitest';
import type { Requester } from '../../../workflow/events/change.ts';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { identityOf } from '../../../workflow/events/identity.ts';
import { describeRequester } from '../../../workflow/events/requester.ts';
import { anEvent, anIdentity, identityNames } from './event-fixtures.ts';

const describeAs = (name: string) =>
  describeRequester(parseRecord(anEvent('create-policy', { userIdentity: anIdentity(name) }).detail));

const expected: Record<string, [label: string, names: string[]]> = {
  'assumed-role-with-source-identity': [
    'release-1042 (role deployer, source identity dana@example.com)',
    ['release-1042', 'dana@example.com'],
  ],
  'assumed-role': ['release-1042 (role deployer)', ['release-1042']],
  'aws-account': ['audit (account 999999999999)', ['audit']],
  'aws-service': ['organizations.amazonaws.com (AWS service)', ['organizations.amazonaws.com']],
  'contain-role': ['policy-guard-contain (role policy-guard-contain)', ['policy-guard-contain']],
  'federated-user': ['carol (federated by broker)', ['carol', 'broker']],
  'iam-user': ['alice (IAM user)', ['alice']],
  'identity-center-session': [
    'dana@example.com (Identity Center, permission set AdministratorAccess)',
    ['dana@example.com'],
  ],
  'identity-center-user': [
    '544894e8-80c1-707f-60e3-3ba6510dfac1 (Identity Center user)',
    ['544894e8-80c1-707f-60e3-3ba6510dfac1'],
  ],
  missing: ['unknown (identity not given)', []],
  root: ['root of account 123456789012', ['root']],
  'saml-user': ['erin@example.com (SAML, bGfRkV0example=)', ['erin@example.com']],
  'through-cloudformation': ['AWSCloudFormation (role deployer)', ['AWSCloudFormation']],
  'unknown-type': ['frank (Directory)', ['frank']],
  'web-identity-user': ['1096853 (web identity, accounts.google.com)', ['1096853']],
};

it.each(identityNames)('%s is named as a person would name it', (name) => {
  const { label, names } = describeAs(name);
  expect([label, names]).toEqual(expected[name]);
});

it('tells the service that called on someone’s behalf', () => {
  expect(describeAs('through-cloudformation').via).toBe('cloudformation.amazonaws.com');
  expect(describeAs('assumed-role')).not.toHaveProperty('via');
});

it('says where a call came from, and with what', () => {
  expect(describeAs('iam-user')).toMatchObject({
    type: 'IAMUser',
    arn: 'arn:aws:iam::123456789012:user/alice',
    sourceIp: '192.0.2.10',
    userAgent: expect.stringContaining('aws-cli/2.27.0'),
  });
});

describe('the user of IAM who made a call', () => {
  const describeWith = (fields: object, record: object = {}, name = 'iam-user') => {
    const userIdentity = { ...anIdentity(name), ...fields };
    return describeRequester(parseRecord(anEvent('create-policy', { ...record, userIdentity }).detail)).user;
  };
  const alice = { name: 'alice', id: 'AIDAEXAMPLEALICE00000', accessKeyId: 'AKIAEXAMPLEALICE0000' };

  it('is told with its unique id and its key', () => {
    expect(describeAs('iam-user').user).toEqual(alice);
  });

  it.each(identityNames.filter((name) => !['iam-user', 'federated-user'].includes(name)))(
    'is nobody for %s',
    (name) => {
      expect(describeAs(name)).not.toHaveProperty('user');
    },
  );

  it('is told with the session that it has opened', () => {
    const sessionContext = { attributes: { creationDate: '2026-03-02T09:00:00Z', mfaAuthenticated: 'true' } };
    const fields = { accessKeyId: 'ASIAEXAMPLE', sessionContext };
    const session = { ...alice, accessKeyId: 'ASIAEXAMPLE', sessionSince: '2026-03-02T09:00:00.000Z' };
    expect(describeWith(fields)).toEqual(session);
    const console = { sessionCredentialFromConsole: 'true' };
    expect(describeWith(fields, console)).toEqual({ ...session, console: true });
  });

  it('is, of a federated user, the one who let it in; by a key, even into the console', () => {
    const broker = {
      ...{ name: 'broker', id: 'AIDAEXAMPLEBROKER000' },
      ...{ accessKeyId: 'ASIAEXAMPLEFEDERATED', sessionSince: '2026-03-02T09:00:00.000Z' },
    };
    const console = { sessionCredentialFromConsole: 'true' };
    expect(describeWith({}, console, 'federated-user')).toEqual(broker);
  });

  it('is told without what the event does not tell', () => {
    const odd = { attributes: { creationDate: 'yesterday' } };
    const nothing = { principalId: undefined, accessKeyId: '', userName: undefined, sessionContext: odd };
    expect(describeWith(nothing)).toEqual({ name: 'alice' });
  });
});

describe('two calls are of the same maker', () => {
  const user = { name: 'alice', id: 'AIDAONE', accessKeyId: 'ASIAONE', sessionSince: '2026-03-02T09:00:00Z' };
  const by = (other: Partial<Requester['user']> = {}): Requester => ({
    ...{ type: 'IAMUser', label: 'alice (IAM user)', names: ['alice'] },
    user: { ...user, ...other },
  });

  it('where user and credentials are the same, from wherever they come', () => {
    expect(identityOf(by())).toBe(identityOf({ ...by(), sourceIp: '198.51.100.1' }));
    // As in the console, every few minutes.
    expect(identityOf(by())).toBe(identityOf(by({ accessKeyId: 'ASIATWO' })));
  });

  it.each([
    [{ id: 'AIDATWO' }],
    [{ accessKeyId: 'AKIATWO' }],
    [{ sessionSince: '2026-03-01T09:00:00Z' }],
    [{ console: true as const }],
  ])('but not for their name alone: %o', (other) => {
    expect(identityOf(by(other))).not.toBe(identityOf(by()));
  });
});

it('does not take a role that only looks like one of Identity Center for one', () => {
  const userIdentity = anIdentity('identity-center-session');
  userIdentity.sessionContext.sessionIssuer.arn =
    'arn:aws:iam::123456789012:role/AWSReservedSSO_AdministratorAccess_0123456789abcdef';
  const { label } = describeRequester(parseRecord(anEvent('create-policy', { userIdentity }).detail));
  expect(label).toBe('dana@example.com (role AWSReservedSSO_AdministratorAccess_0123456789abcdef)');
});

describe('the role behind a session', () => {
  it.each([
    ['assumed-role', 'arn:aws:iam::123456789012:role/deployer'],
    ['through-cloudformation', 'arn:aws:iam::123456789012:role/deployer'],
  ])('is told with its path, for %s', (name, roleArn) => {
    expect(describeAs(name).roleArn).toBe(roleArn);
  });

  it('is the reserved one for a session of Identity Center', () => {
    expect(describeAs('identity-center-session').roleArn).toContain(':role/aws-reserved/sso.amazonaws.com/');
  });

  it.each(identityNames.filter((name) => describeAs(name).type !== 'AssumedRole'))(
    'is not there for %s',
    (name) => {
      expect(describeAs(name)).not.toHaveProperty('roleArn');
    },
  );

  it.each([
    ['is missing', undefined],
    ['is no role', { type: 'Root', arn: 'arn:aws:iam::123456789012:root' }],
    ['has no ARN', { type: 'Role', userName: 'deployer' }],
  ])('is never made up from the session’s own ARN, where the issuer %s', (_what, sessionIssuer) => {
    const userIdentity = { ...anIdentity('assumed-role'), sessionContext: { sessionIssuer } };
    const requester = describeRequester(parseRecord(anEvent('create-policy', { userIdentity }).detail));
    expect(requester).not.toHaveProperty('roleArn');
  });
});
