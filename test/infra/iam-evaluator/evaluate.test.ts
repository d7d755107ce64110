import { describe, expect, it } from 'vitest';
import { type Call, evaluate } from '../../../infra/iam-evaluator/evaluate.ts';
import { readPolicy, UnknownPolicyError } from '../../../infra/iam-evaluator/policy.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/ledger';
const GET: Call = { action: 'dynamodb:GetItem', resource: TABLE };

type Written = Record<string, unknown>;
const policy = (...statements: Written[]) => readPolicy({ Version: '2012-10-17', Statement: statements });
const allow = (more: Written): Written => ({
  Effect: 'Allow',
  ...('NotAction' in more ? {} : { Action: '*' }),
  ...('NotResource' in more ? {} : { Resource: '*' }),
  ...more,
});
const decide = (statement: Written, call: Call = GET) => evaluate([policy(statement)], call).decision;

describe('statements', () => {
  it('allow nothing that nobody has written down', () => {
    expect(evaluate([], GET)).toEqual({ decision: 'not allowed' });
  });

  it.each<[string, Written, string]>([
    ['an action', { Action: 'dynamodb:GetItem' }, 'allowed'],
    ['an action in another case', { Action: 'DynamoDB:getitem' }, 'allowed'],
    ['a pattern of actions', { Action: ['s3:*', 'dynamodb:Get*'] }, 'allowed'],
    ['another action', { Action: 'dynamodb:PutItem' }, 'not allowed'],
    ['all actions but this', { NotAction: 'dynamodb:Get*' }, 'not allowed'],
    ['all actions but others', { NotAction: ['dynamodb:Put*', 's3:*'] }, 'allowed'],
    ['a resource', { Resource: TABLE }, 'allowed'],
    ['a pattern of resources', { Resource: 'arn:aws:dynamodb:*:123456789012:table/led*' }, 'allowed'],
    ['a resource in another case', { Resource: TABLE.replace('ledger', 'Ledger') }, 'not allowed'],
    ['all resources but this', { NotResource: TABLE }, 'not allowed'],
    ['all resources but others', { NotResource: `${TABLE}/index/*` }, 'allowed'],
    [
      'a wildcard that would have to span parts',
      { Resource: 'arn:aws:dynamodb:*:table/ledger' },
      'not allowed',
    ],
  ])('are read: %s', (_, more, decision) => {
    expect(decide(allow(more))).toBe(decision);
  });

  it('that name a resource say nothing of a call that has none', () => {
    expect(
      decide(allow({ Resource: 'arn:aws:s3:::*' }), { action: 's3:ListAllMyBuckets', resource: '*' }),
    ).toBe('not allowed');
  });

  it('deny, whatever else allows, and say by which statement', () => {
    const denial = { Effect: 'Deny', Action: '*', Resource: '*', Sid: 'No' };
    expect(evaluate([policy(allow({})), policy(denial)], GET)).toEqual({ decision: 'denied', sid: 'No' });
  });
});

describe('conditions', () => {
  const only = (Condition: Written, context: Call['context']) =>
    decide(allow({ Condition }), { ...GET, context });
  const KEYS = 'dynamodb:LeadingKeys';
  const ROLE = 'arn:aws:iam::123456789012:role/a';

  it.each<[string, Written, Call['context'], string]>([
    ['equal', { StringEquals: { k: ['x', 'y'] } }, { k: 'y' }, 'allowed'],
    ['equal but for case', { StringEquals: { k: 'x' } }, { k: 'X' }, 'not allowed'],
    ['equal in any case', { StringEqualsIgnoreCase: { k: 'x' } }, { k: 'X' }, 'allowed'],
    ['alike', { StringLike: { k: 'a*' } }, { k: 'abc' }, 'allowed'],
    ['an ARN alike', { ArnLike: { k: 'arn:aws:iam::*:role/*' } }, { k: ROLE }, 'allowed'],
    ['an ARN', { ArnEquals: { k: ROLE } }, { k: ROLE }, 'allowed'],
    ['another ARN', { ArnEquals: { k: ROLE } }, { k: `${ROLE}b` }, 'not allowed'],
    [
      'no ARN like these',
      { ArnNotLike: { k: [ROLE, 'arn:aws:iam::*:role/b*'] } },
      { k: ROLE },
      'not allowed',
    ],
    ['unlike all of them', { ArnNotLike: { k: [ROLE, `${ROLE}c`] } }, { k: `${ROLE}b` }, 'allowed'],
    ['a missing key', { StringEquals: { k: 'x' } }, {}, 'not allowed'],
    ['a missing key, negated', { ArnNotLike: { k: ROLE } }, {}, 'allowed'],
    ['a key in another case', { StringEquals: { 'aws:TagKeys': 'x' } }, { 'AWS:tagkeys': 'x' }, 'allowed'],
    ['every value', { 'ForAllValues:StringLike': { [KEYS]: 'a#*' } }, { [KEYS]: ['a#1', 'a#2'] }, 'allowed'],
    [
      'not every value',
      { 'ForAllValues:StringLike': { [KEYS]: 'a#*' } },
      { [KEYS]: ['a#1', 'b'] },
      'not allowed',
    ],
    ['every value of none', { 'ForAllValues:StringLike': { [KEYS]: 'a#*' } }, {}, 'allowed'],
    ['any value', { 'ForAnyValue:StringEquals': { k: 'x' } }, { k: ['w', 'x'] }, 'allowed'],
    ['any value of none', { 'ForAnyValue:StringEquals': { k: 'x' } }, {}, 'not allowed'],
    ['one of two that fails', { StringEquals: { k: 'x', l: 'x' } }, { k: 'x' }, 'not allowed'],
  ])('are read: %s', (_, condition, context, decision) => {
    expect(only(condition, context)).toBe(decision);
  });
});

describe('what is not known is refused, never guessed:', () => {
  it.each<[string, Written]>([
    ['an operator', allow({ Condition: { StringNotEquals: { k: 'x' } } })],
    ['a quantifier', allow({ Condition: { 'ForSomeValues:StringEquals': { k: 'x' } } })],
    ['IfExists', allow({ Condition: { StringEqualsIfExists: { k: 'x' } } })],
    ['a name of every object', allow({ Condition: { toString: { k: 'x' } } })],
    [
      'an operator whose statement is about something else',
      allow({ Action: 's3:*', Condition: { Null: { k: 'true' } } }),
    ],
    ['an element', allow({ Principal: '*' })],
    ['a policy variable', allow({ Resource: `arn:aws:s3:::home/$\{aws:username}` })],
    ['a reference of a template', allow({ Resource: { Ref: 'Table' } })],
    ['both Action and NotAction', { Effect: 'Allow', Action: '*', NotAction: '*', Resource: '*' }],
    ['no Resource', { Effect: 'Allow', Action: '*' }],
    ['another Effect', allow({ Effect: 'deny' })],
  ])('%s', (_, statement) => {
    expect(() => decide(statement)).toThrow(UnknownPolicyError);
  });

  it('several values where one is compared', () => {
    const call = { ...GET, context: { k: ['x', 'y'] } };
    expect(() => decide(allow({ Condition: { StringEquals: { k: 'x' } } }), call)).toThrow(
      UnknownPolicyError,
    );
  });

  it('a pattern in place of an action', () => {
    expect(() => decide(allow({}), { action: 'dynamodb:*', resource: TABLE })).toThrow(UnknownPolicyError);
  });
});
