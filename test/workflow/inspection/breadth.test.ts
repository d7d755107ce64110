import { expect, it } from 'vitest';
import { breadthOf } from '../../../workflow/inspection/breadth.ts';

const allow = (more: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: object) => ({ Effect: 'Deny', Resource: '*', ...more });
const breadth = (...Statement: object[]) => breadthOf(JSON.stringify({ Version: '2012-10-17', Statement }));

it.each([
  ['a star on everything', [allow({})], { everything: 'always' }],
  [
    'a star beside stars',
    [allow({ Action: '*:*', Resource: ['arn:aws:s3:::a', '*'] })],
    { everything: 'always' },
  ],
  [
    'a star but on what is named',
    [allow({ Resource: undefined, NotResource: 'arn:aws:s3:::a' })],
    { everything: 'always' },
  ],
  [
    'a star under a condition',
    [allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    { everything: 'conditional' },
  ],
  ['all but a service', [allow({ Action: undefined, NotAction: ['iam:*'] })], { allBut: ['iam:*'] }],
  ['a star less what is denied', [allow({}), deny({ Action: 'iam:*' })], { allBut: ['iam:*'] }],
  ['a star that is denied', [allow({}), deny({ Action: '*' })], {}],
  ['a star of which a Deny leaves something', [allow({}), deny({ NotAction: 's3:Get*' })], {}],
  ['a star on one resource', [allow({ Resource: 'arn:aws:s3:::a' })], {}],
  ['a star that is only denied', [deny({ Action: '*' })], {}],
])('says of %s how far it reaches', (_, statements, expected) => {
  const { everything, allBut } = breadth(...statements);
  expect({ ...(everything && { everything }), ...(allBut && { allBut }) }).toEqual(expected);
});

it('names the services that are granted wholly, less those that are denied wholly', () => {
  const services = allow({ Action: ['S3:*', ' iam: *', 'ec2:Run*', 'kms:*'] });
  expect(breadth(services, deny({ Action: ['kms:*', 'iam:PassRole'] })).services).toEqual(['iam', 's3']);
});

it.each([
  ['names it', { Action: 'lambda:CreateFunction' }, true],
  ['covers it', { Action: 'lambda:Create*' }, true],
  ['names something else', { Action: 'lambda:InvokeFunction' }, false],
  ['leaves out something else', { Action: undefined, NotAction: 's3:*' }, true],
])('knows whether something runs under a role that is passed, where a statement %s', (_, more, runs) => {
  expect(breadth(allow({ ...more, Resource: 'arn:aws:lambda:*:*:function:x' })).runsWithRoles).toBe(runs);
});

it('reads an encoded document, and says nothing of what it cannot read', () => {
  const document = JSON.stringify({ Version: '2012-10-17', Statement: allow({}) });
  expect(breadthOf(encodeURIComponent(document)).everything).toBe('always');
  for (const text of [undefined, 'not JSON', '%', '']) expect(breadthOf(text).everything).toBeUndefined();
});
