import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../infra/functions/functions.ts';
import { type RoleResources, roleStatements } from '../../../infra/functions/role-statements.ts';
import { evaluate } from '../../../infra/iam-evaluator/evaluate.ts';
import { readPolicy } from '../../../infra/iam-evaluator/policy.ts';
import { FUNCTION_NAMES } from '../../../workflow/runtime/settings/schema.ts';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
const TABLE = arn('dynamodb', 'table/ledger');
const RESOURCES: RoleResources = {
  partition: 'aws',
  account: '123456789012',
  table: TABLE,
  index: `${TABLE}/index/byStatus`,
  slackSecret: arn('secretsmanager', 'secret:slack'),
  linkSecret: arn('secretsmanager', 'secret:link'),
  topic: arn('sns', 'notices'),
  topicKey: arn('kms', 'key/1'),
  stateMachine: arn('states', 'stateMachine:way'),
  executions: arn('states', 'execution:way:*'),
  undelivered: arn('sqs', 'undelivered'),
  rule: arn('events', 'rule/changes'),
  ownRoles: ['arn:aws:iam::123456789012:role/policy-guard/contain'],
  self: arn('lambda', 'function:self'),
};
const policyOf = (name: (typeof FUNCTION_NAMES)[number]) =>
  readPolicy({
    Version: '2012-10-17',
    Statement: roleStatements(FUNCTIONS[name].permissions, RESOURCES),
  });

describe('the permissions of a function', () => {
  it.each(FUNCTION_NAMES)('are a policy that the evaluator knows: %s', (name) => {
    const policy = policyOf(name);
    expect(policy.Statement.length).toBe(FUNCTIONS[name].permissions.length);
    const stranger = { action: 'iam:CreateUser', resource: 'arn:aws:iam::123456789012:user/x' };
    expect(evaluate([policy], stranger).decision).toBe('not allowed');
  });

  it('are for items of the ledger alone where they say so', () => {
    const write = (key: string) =>
      evaluate([policyOf('email')], {
        action: 'dynamodb:UpdateItem',
        resource: TABLE,
        context: { 'dynamodb:LeadingKeys': [key] },
      }).decision;
    expect([write('request#r1'), write('policy#p1')]).toEqual(['allowed', 'not allowed']);
  });

  it('are for the function itself alone where they say so', () => {
    const write = (caller: string) =>
      evaluate([policyOf('contain')], {
        action: 'iam:PutUserPolicy',
        resource: 'arn:aws:iam::123456789012:user/x',
        context: { 'lambda:SourceFunctionArn': caller },
      }).decision;
    expect([write(String(RESOURCES.self)), write(arn('lambda', 'function:other'))]).toEqual([
      'allowed',
      'not allowed',
    ]);
  });

  it.each<[string, keyof RoleResources]>([
    ['a part of the guard', 'table'],
    ['the roles of the guard', 'ownRoles'],
    ['the function', 'self'],
  ])('cannot be made before that is there which they name: %s', (_, missing) => {
    const make = () => roleStatements(FUNCTIONS.contain.permissions, { ...RESOURCES, [missing]: undefined });
    expect(make).toThrow(`names ${missing}, which is not there yet`);
  });
});
