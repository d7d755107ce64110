import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../../../infra/iam-evaluator/policy.ts';
import type { Caller } from '../../../../../infra/sandbox/aws/front-door/service.ts';
import { createIamBackend } from '../../../../../infra/sandbox/aws/iam/iam-backend.ts';
import { neededCalls } from '../../../../../infra/sandbox/aws/roles/needed-calls.ts';
import { createPermissions } from '../../../../../infra/sandbox/aws/roles/permissions.ts';

const ROLE = 'arn:aws:iam::123456789012:role/guard';
const caller: Caller = {
  ...{ accessKeyId: 'ASIA', accountId: '123456789012', userId: 'AROA:guard' },
  arn: 'arn:aws:sts::123456789012:assumed-role/guard/guard',
  sourceFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:guard',
  userIdentity: { sessionContext: { sessionIssuer: { arn: ROLE } } },
};
const MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:policy-guard';
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/ledger';
const iam = createIamBackend({ accountId: '123456789012', now: () => new Date(0) });
const surroundings = {
  ...{ accountId: '123456789012', region: 'us-east-1', iam: iam.state, stateMachineArn: () => MACHINE },
};
const asked = (call: string, input: Record<string, unknown> = {}) => {
  const [service = '', operation = ''] = call.split(':');
  return { service, operation, input, caller };
};
const S = (value: string) => ({ S: value });

describe('what a request needs to be allowed', () => {
  it.each<[string, Record<string, unknown>, string, string[]?]>([
    ['iam:GetPolicy', { PolicyArn: 'arn:aws:iam::aws:policy/A' }, 'arn:aws:iam::aws:policy/A'],
    ['iam:GetUser', { UserName: 'ann' }, 'arn:aws:iam::123456789012:user/ann'],
    ['iam:DetachRolePolicy', { RoleName: 'r', PolicyArn: 'p' }, 'arn:aws:iam::123456789012:role/r'],
    ['iam:GetAccountAuthorizationDetails', {}, '*'],
    ['secretsmanager:GetSecretValue', { SecretId: 'arn:secret' }, 'arn:secret'],
    [
      'secretsmanager:GetSecretValue',
      { SecretId: 'guard/slack' },
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:guard/slack-000000',
    ],
    ['sns:Publish', { TopicArn: 'arn:topic' }, 'arn:topic'],
    ['states:SendTaskSuccess', { taskToken: 't' }, MACHINE],
    ['states:DescribeExecution', { executionArn: 'arn:execution' }, 'arn:execution'],
    ['events:DescribeRule', { Name: 'changes' }, 'arn:aws:events:us-east-1:123456789012:rule/changes'],
    ['cloudtrail:LookupEvents', {}, '*'],
    [
      'dynamodb:GetItem',
      { TableName: 'ledger', Key: { pk: S('request#1'), sk: S('request') } },
      TABLE,
      ['request#1'],
    ],
    ['dynamodb:PutItem', { TableName: 'ledger', Item: { pk: S('audit#1'), sk: S('a') } }, TABLE, ['audit#1']],
    [
      'dynamodb:Query',
      {
        ...{ TableName: 'ledger', KeyConditionExpression: '#p = :p AND begins_with(sk, :s)' },
        ...{
          ExpressionAttributeNames: { '#p': 'pk' },
          ExpressionAttributeValues: { ':p': S('intent#1'), ':s': S('x') },
        },
      },
      TABLE,
      ['intent#1'],
    ],
    [
      'dynamodb:Query',
      {
        TableName: 'ledger',
        IndexName: 'byStatus',
        KeyConditionExpression: 'gsi1pk = :p',
        ExpressionAttributeValues: { ':p': S('pending') },
      },
      `${TABLE}/index/byStatus`,
      ['pending'],
    ],
    [
      'dynamodb:BatchGetItem',
      { RequestItems: { ledger: { Keys: [{ pk: S('a') }, { pk: S('b') }] } } },
      TABLE,
      ['a', 'b'],
    ],
  ])('%s %j is authorised on %s', (call, input, resource, keys) => {
    const [needed, ...others] = neededCalls(asked(call, input), surroundings);
    expect(others).toEqual([]);
    expect(needed).toMatchObject({ action: call, resource });
    if (keys) expect(needed?.context).toEqual({ 'dynamodb:LeadingKeys': keys });
  });

  it('is every part of a transaction, as an action of its own', () => {
    const TransactItems = [
      { Put: { TableName: 'ledger', Item: { pk: S('request#1') } } },
      { ConditionCheck: { TableName: 'ledger', Key: { pk: S('document#1') } } },
    ];
    expect(neededCalls(asked('dynamodb:TransactWriteItems', { TransactItems }), surroundings)).toMatchObject([
      { action: 'dynamodb:PutItem', context: { 'dynamodb:LeadingKeys': ['request#1'] } },
      { action: 'dynamodb:ConditionCheckItem', context: { 'dynamodb:LeadingKeys': ['document#1'] } },
    ]);
  });

  it('is nothing for asking who one is', () => {
    expect(neededCalls(asked('sts:GetCallerIdentity'), surroundings)).toEqual([]);
  });

  it('has to be known of every service', () => {
    expect(() => neededCalls(asked('s3:GetObject'), surroundings)).toThrow('s3:GetObject');
  });
});

describe('the role of a function', () => {
  const policy = readPolicy({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'WriteAudit', Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE },
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['audit#*'] } },
      },
      {
        ...{
          Sid: 'WriteRoles',
          Effect: 'Allow',
          Action: 'iam:PutRolePolicy',
          Resource: 'arn:aws:iam::*:role/*',
        },
        Condition: {
          ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:123456789012:function:guard' },
        },
      },
      { Sid: 'SpareOwn', Effect: 'Deny', Action: 'iam:PutRolePolicy', Resource: ROLE },
    ],
  });
  const limited = () => {
    const permissions = createPermissions(surroundings);
    permissions.limit(ROLE, [policy]);
    return permissions;
  };
  const put = (pk: string) => asked('dynamodb:PutItem', { TableName: 'ledger', Item: { pk: S(pk) } });
  const role = (name: string) => asked('iam:PutRolePolicy', { RoleName: name, PolicyName: 'p' });

  it('says what it was refused, each once', () => {
    const permissions = limited();
    for (const pk of ['audit#1', 'request#1', 'request#2']) {
      try {
        permissions.require(put(pk));
      } catch {
        // It is what is asked for below.
      }
    }
    expect(permissions.refused()).toEqual([{ roleArn: ROLE, action: 'dynamodb:PutItem', resource: TABLE }]);
  });

  it('lets through what it allows, and says what each statement was needed for', () => {
    const permissions = limited();
    permissions.require(put('audit#1'));
    permissions.require(put('audit#2'));
    permissions.require(role('app'));
    expect(permissions.used()).toEqual([
      { roleArn: ROLE, sid: 'WriteAudit', action: 'dynamodb:PutItem' },
      { roleArn: ROLE, sid: 'WriteRoles', action: 'iam:PutRolePolicy' },
    ]);
  });

  it.each([
    [
      'another item',
      put('request#1'),
      'AccessDeniedException',
      `dynamodb:PutItem on resource: ${TABLE} because no identity-based policy allows the dynamodb:PutItem action`,
    ],
    [
      'what is denied',
      role('guard'),
      'AccessDenied',
      `iam:PutRolePolicy on resource: ${ROLE} with an explicit deny in an identity-based policy`,
    ],
    [
      'another service',
      asked('sns:Publish', { TopicArn: 'arn:t' }),
      'AuthorizationError',
      'sns:Publish on resource: arn:t because no identity-based policy allows the sns:Publish action',
    ],
  ])('refuses %s as AWS words it', (_, call, code, words) => {
    expect(() => limited().require(call)).toThrow(
      expect.objectContaining({
        code,
        message: `User: ${caller.arn} is not authorized to perform: ${words}`,
      }),
    );
  });

  it.each(['arn:aws:lambda:us-east-1:123456789012:function:other', undefined])(
    'is of no use to another function, or to a session that is of none: %s',
    (sourceFunctionArn) => {
      const other = { ...role('app'), caller: { ...caller, sourceFunctionArn } };
      expect(() => limited().require(other)).toThrow('PutRolePolicy');
    },
  );

  it('is bound by what the organization denies too, as is everybody else', () => {
    const permissions = limited();
    const resource = 'arn:aws:iam::123456789012:role/app';
    const denial = { Effect: 'Deny', Action: 'iam:PutRolePolicy', Resource: resource };
    const unless = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/operator' } };
    permissions.attach(readPolicy({ Version: '2012-10-17', Statement: { ...denial, Condition: unless } }));
    const person = { ...caller, arn: 'arn:aws:iam::123456789012:user/ann', userIdentity: {} };
    for (const each of [caller, person]) {
      expect(() => permissions.require({ ...role('app'), caller: each })).toThrow(
        `on resource: ${resource} with an explicit deny in a service control policy`,
      );
      expect(() => permissions.require({ ...put('audit#1'), caller: each })).not.toThrow();
    }
    const operator = {
      sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::123456789012:role/operator' } },
    };
    expect(() =>
      permissions.require({ ...role('app'), caller: { ...caller, userIdentity: operator } }),
    ).not.toThrow();
  });

  it('limits nobody else', () => {
    const permissions = limited();
    expect(() =>
      permissions.require({ ...role('app'), caller: { ...caller, userIdentity: {} } }),
    ).not.toThrow();
  });
});
