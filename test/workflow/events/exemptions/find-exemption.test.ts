import { describe, expect, it } from 'vitest';
import type { Requester } from '../../../../workflow/events/change.ts';
import type { Exemption } from '../../../../workflow/events/exemptions/exemption.ts';
import { findExemption } from '../../../../workflow/events/exemptions/find-exemption.ts';

const exempt = (pattern: string, until = '2026-12-31'): Exemption => ({
  pattern,
  until,
  reason: 'a pipeline',
});
const MAY = new Date('2026-05-01T00:00:00Z');

const ROLE = 'arn:aws:iam::123456789012:role/ci/deployer';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/deployer/release-7';
const session: Requester = { type: 'AssumedRole', label: 'x', names: [], arn: SESSION, roleArn: ROLE };

const isExempt = (pattern: string, requester = session) =>
  findExemption([exempt(pattern)], requester, MAY) !== undefined;

describe('a pattern', () => {
  it.each([
    ROLE,
    'arn:aws:sts::123456789012:assumed-role/deployer/*',
    'arn:aws:iam::123456789012:role/ci/*',
    'arn:aws:iam::*:role/*',
    'arn:aws:iam::1234567890??:role/ci/dep*r',
  ])('matches the session or its role: %s', (pattern) => {
    expect(isExempt(pattern)).toBe(true);
  });

  it.each([
    ['in another case', 'arn:aws:iam::123456789012:role/ci/Deployer'],
    ['that is a part only', 'arn:aws:iam::123456789012:role/ci/deploy'],
    ['that goes on', `${ROLE}-2`],
    ['of another account', 'arn:aws:iam::210987654321:role/ci/deployer'],
    ['with one ? too many', 'arn:aws:sts::123456789012:assumed-role/deployer/release-??'],
    ['whose other characters are taken as they are', 'arn:aws:iam::123456789012:role/ci/deploye[r]'],
  ])('does not match %s', (_what, pattern) => {
    expect(isExempt(pattern)).toBe(false);
  });

  it.each([
    ['its session', SESSION],
    ['a run of its sessions', 'arn:aws:sts::123456789012:assumed-role/deployer/release-*'],
    ['sessions of that name of any role', 'arn:aws:sts::123456789012:assumed-role/*/release-7'],
  ])('does not match a role by a name that its caller chose: %s', (_what, pattern) => {
    expect(isExempt(pattern)).toBe(false);
  });

  it('does not match a federated user by the name that its caller chose', () => {
    const arn = 'arn:aws:sts::123456789012:federated-user/deployer';
    const federated: Requester = { type: 'FederatedUser', label: 'x', names: ['deployer'], arn };
    expect(isExempt(arn, federated)).toBe(false);
  });

  it('matches one person’s sessions where Identity Center sets their name', () => {
    const role = 'AWSReservedSSO_Developer_0123456789abcdef';
    const dana: Requester = {
      ...session,
      arn: `arn:aws:sts::123456789012:assumed-role/${role}/dana@example.com`,
      roleArn: `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/${role}`,
    };
    expect(isExempt('arn:aws:sts::123456789012:assumed-role/*/dana@example.com', dana)).toBe(true);
  });

  it('matches nobody whose identity the event does not name', () => {
    const nameless: Requester = { type: 'Unknown', label: 'unknown', names: ['deployer'] };
    expect(isExempt('arn:aws:iam::*:*', nameless)).toBe(false);
  });

  it('takes wildcards in the requester’s ARN for themselves', () => {
    const odd: Requester = {
      ...session,
      arn: 'arn:aws:sts::123456789012:assumed-role/*/*',
      roleArn: undefined,
    };
    expect(isExempt(SESSION, odd)).toBe(false);
  });

  it('is answered, however many stars it has', () => {
    const long = { ...session, arn: `arn:aws:sts::123456789012:assumed-role/${'a'.repeat(2_000)}` };
    expect(isExempt(`arn:aws:sts::123456789012:${'a*'.repeat(500)}b`, long)).toBe(false);
  });
});

describe('the last day', () => {
  const on = (time: string) => findExemption([exempt(ROLE, '2026-05-31')], session, new Date(time));

  it('counts whole, in UTC', () => {
    expect(on('2026-05-31T23:59:59.999Z')).toBeDefined();
    expect(on('2026-06-01T00:00:00.000Z')).toBeUndefined();
    expect(on('2026-05-31T23:00:00-02:00')).toBeUndefined();
  });
});

it('the first exemption that holds is told', () => {
  const exemptions = [
    exempt('arn:aws:iam::*:user/*'),
    exempt(ROLE, '2026-04-30'),
    exempt(`${ROLE}*`),
    exempt(ROLE),
  ];
  expect(findExemption(exemptions, session, MAY)).toBe(exemptions[2]);
  expect(findExemption([], session, MAY)).toBeUndefined();
});
