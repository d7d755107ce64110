import { expect, it } from 'vitest';
import { describeReach } from '../../../../bot/media/wording/describe-reach.ts';
import { describeTrust } from '../../../../bot/media/wording/describe-trust.ts';
import type { Surroundings } from '../../../../workflow/ledger/request.ts';
import { ATTACHMENT, aChange } from '../../../support/requests.ts';

const trust = (Principal: unknown) => JSON.stringify({ Statement: [{ Effect: 'Allow', Principal }] });
const reach = (surroundings: Surroundings | undefined, change = aChange()) =>
  describeReach({ change, surroundings });

it.each([
  ['*', 'anybody'],
  [{ Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' }, 'GitHub Actions'],
  [{ Service: ['lambda.amazonaws.com'] }, 'lambda'],
  [{ AWS: 'arn:aws:iam::123456789012:root' }, 'account 123456789012'],
  [{ AWS: '123456789012' }, 'account 123456789012'],
  [{ AWS: 'arn:aws:iam::123456789012:role/ci' }, 'role/ci of 123456789012'],
])('of a role that %j may assume says who that is', (principal, who) => {
  expect(describeTrust(trust(principal))).toEqual([who]);
});

it('says nothing of a trust policy that it cannot read, and of whom it keeps out', () => {
  expect(describeTrust('not JSON')).toEqual([]);
  expect(describeTrust(JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*' } }))).toEqual([]);
});

it('names roles with who may assume them, and groups with their users', () => {
  const holders = [
    { name: 'role/deployer', trust: trust({ Service: 'ec2.amazonaws.com' }) },
    { name: 'group/ops', members: { count: 5, first: ['user/ada', 'user/grace', 'user/linus'] } },
  ];
  expect(reach({ attachedTo: ['role/deployer', 'group/ops', 'user/alice'], holders })).toEqual({
    principals: [
      'role deployer (ec2 may assume it)',
      'group ops (5 users: ada, grace and 3 more)',
      'user alice',
    ],
    count: '3 principals',
  });
});

it('says 0 principals too, and nothing where IAM did not tell', () => {
  expect(reach({ attachedTo: [] })).toEqual({ principals: [], count: '0 principals' });
  expect(reach(undefined)).toBeUndefined();
});

it('of an attachment names the one it serves, not all that hold the policy', () => {
  const change = aChange({ eventName: 'AttachUserPolicy', target: ATTACHMENT });
  expect(reach({ attachedTo: ['user/alice', 'role/other'] }, change)?.principals).toEqual(['user alice']);
});
