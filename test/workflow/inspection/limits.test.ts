import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { parseList } from '../../../workflow/inspection/restricted-actions/parse-list.ts';

/** A policy variable, as IAM writes it. */
const variable = (name: string) => `\${${name}}`;

function findings(entry: string, statement: object | string) {
  const { actions, problems } = parseList(entry);
  expect(problems).toEqual([]);
  const rest = typeof statement === 'string' ? statement : JSON.stringify(statement).slice(1, -1);
  const members = ['"Effect":"Allow"', '"Action":"*"', rest].filter((member) => member !== '');
  return inspectDocument(`{"Statement":{${members.join(',')}}}`, actions).findings;
}

const counts = (entry: string, statement: object | string) => findings(entry, statement).length > 0;

describe('an entry with resource=arn:aws:s3:::prod-*', () => {
  const entry = 's3:DeleteObject resource=arn:aws:s3:::prod-*';

  it.each([
    [{ Resource: '*' }],
    [{ Resource: 'arn:aws:s3:::prod-data/*' }],
    [{ Resource: 'arn:aws:s3:::*-data' }],
    [{ Resource: 'arn:aws:s3:::p*' }],
    [{ Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::prod-x'] }],
    [{ Resource: `arn:aws:s3:::${variable('aws:PrincipalTag/bucket')}` }],
    [{ Resource: 'arn:aws:s3:::${unclosed' }],
    [{ Resource: 'arn:aws:s3' }],
    [{ Resource: 'arn:aws:s3:eu-west-1:123456789012:prod-x' }],
    [{ NotResource: 'arn:aws:s3:::prod-data*' }],
    [{ NotResource: 'arn:aws:s3:::PROD-*' }],
    [{ NotResource: `arn:aws:s3:::${variable('aws:username')}` }],
    [{}],
    ['"NotResource":"arn:aws:s3:::prod-*","NotResource":"arn:aws:s3:::logs"'],
  ])('counts on %j', (statement) => {
    expect(counts(entry, statement)).toBe(true);
  });

  it.each([
    [{ Resource: 'arn:aws:s3:::logs' }],
    [{ Resource: 'arn:aws:s3:::logs-*' }],
    [{ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b/*'] }],
    [{ Resource: `arn:aws:s3:::home-${variable('aws:username')}` }],
    [{ NotResource: 'arn:aws:s3:::prod-*' }],
    [{ NotResource: ['arn:aws:s3:::logs', 'arn:aws:s3:::p*'] }],
    [{ NotResource: '*' }],
  ])('does not count on %j', (statement) => {
    expect(counts(entry, statement)).toBe(false);
  });

  it('says which resource decided', () => {
    expect(findings(entry, { Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::prod-x'] })[0]?.because).toBe(
      'resource arn:aws:s3:::prod-x meets arn:aws:s3:::prod-*',
    );
  });
});

describe('an entry with resource=broad', () => {
  const entry = '* resource=broad';

  it.each([
    ['*'],
    ['arn:*'],
    ['arn:aws:s3:::*'],
    ['arn:aws:s3:::*/*'],
    ['arn:aws:s3:::*/logs'],
    [`arn:aws:s3:::${variable('aws:username')}/*`],
    ['arn:aws:iam::123456789012:role/*'],
    ['arn:aws:iam::*:role/*/admin'],
    ['arn:aws:iam::123456789012:rol*'],
    ['arn:aws:iam::123456789012:r*e/*'],
    ['arn:aws:dynamodb:*:*:table/*/index/*'],
    ['arn:aws:lambda:*:*:function:*'],
    ['arn:aws:logs:*:*:log-group:*:log-stream:x'],
    ['arn:aws:ec2:*:*:*/*'],
    ['arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*'],
    ['arn:aws:apigateway:*::/restapis/*'],
    ['arn:aws:sqs:*:*:??*'],
  ])('counts on %s', (Resource) => {
    expect(counts(entry, { Resource })).toBe(true);
  });

  it.each([
    ['arn:aws:s3:::logs'],
    ['arn:aws:s3:::logs/*'],
    ['arn:aws:s3:::*-logs/*'],
    ['arn:aws:iam::*:role/app-*'],
    ['arn:aws:lambda:*:*:function:resize'],
    ['arn:aws:dynamodb:*:*:table/orders/index/*'],
    ['arn:aws:elasticloadbalancing:*:*:loadbalancer/app/web/*'],
    ['arn:aws:apigateway:*::/restapis/abc/*'],
    ['arn:aws:sqs:*:*:jobs'],
  ])('does not count on %s', (Resource) => {
    expect(counts(entry, { Resource })).toBe(false);
  });

  it.each([[{}], [{ NotResource: 'arn:aws:s3:::logs' }], [{ Resource: ['arn:aws:s3:::logs', '*'] }]])(
    'counts on %j',
    (statement) => {
      expect(counts(entry, statement)).toBe(true);
    },
  );

  it('says what is broad', () => {
    expect(findings(entry, { Resource: 'arn:aws:s3:::*' })[0]?.because).toBe(
      'resource arn:aws:s3:::* is not limited to named resources',
    );
  });
});

describe('an entry with unless=aws:ResourceTag/team', () => {
  const entry = 'ec2:TerminateInstances unless=aws:ResourceTag/team';
  const key = 'aws:ResourceTag/team';
  const under = (Condition: unknown) => counts(entry, { Resource: '*', Condition });

  it.each([
    [{ StringEquals: { [key]: 'red' } }],
    [{ StringEquals: { 'AWS:resourcetag/TEAM': ['red', 'blue'] } }],
    [{ StringEquals: { [key]: variable('aws:PrincipalTag/team') } }],
    [{ StringLike: { [key]: 'red-*' } }],
    [{ 'ForAnyValue:StringEquals': { [key]: 'red' } }],
    [{ Bool: { 'aws:MultiFactorAuthPresent': 'true' }, StringEquals: { [key]: 'red' } }],
  ])('does not count under %j', (condition) => {
    expect(under(condition)).toBe(false);
  });

  it.each([
    [undefined],
    [{}],
    ['red'],
    [{ StringEquals: { 'aws:ResourceTag/owner': 'red' } }],
    [{ StringEqualsIfExists: { [key]: 'red' } }],
    [{ 'ForAllValues:StringEquals': { [key]: 'red' } }],
    [{ StringNotEquals: { [key]: 'red' } }],
    [{ Null: { [key]: 'false' } }],
    [{ StringLike: { [key]: '*' } }],
    [{ StringLike: { [key]: ['red', '?*'] } }],
    [{ StringLike: { [key]: variable('aws:PrincipalTag/team') } }],
    [{ StringEquals: { [key]: variable('aws:ResourceTag/team') } }],
    [{ StringEquals: { [key]: [] } }],
    [{ ArnLike: { [key]: 'arn:aws:iam::*:role/*' } }],
    [{ stringequals: { [key]: 'red' } }],
    [{ StringEquals: { [key]: 'red', 'aws:resourcetag/team': 'blue' } }],
    [{ NumericLessThan: { [key]: 10 } }],
  ])('counts under %j', (condition) => {
    expect(under(condition)).toBe(true);
  });

  it('counts where a condition is written twice, of which IAM may take either', () => {
    const limited = `"Condition":{"StringEquals":{"${key}":"red"}}`;
    expect(counts(entry, `"Resource":"*",${limited}`)).toBe(false);
    expect(counts(entry, `"Resource":"*",${limited},"Condition":{}`)).toBe(true);
    expect(counts(entry, `"Resource":"*",${limited},"condition":{}`)).toBe(true);
    const twice = `"Condition":{"StringEquals":{"${key}":"red"},"StringEquals":{"${key}":"blue"}}`;
    expect(counts(entry, `"Resource":"*",${twice}`)).toBe(true);
  });

  it.each([
    ['Bool', 'aws:SecureTransport', 'true', false],
    ['Bool', 'aws:SecureTransport', ['true', 'false'], true],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', false],
    ['IpAddress', 'aws:SourceIp', ['0.0.0.0/1', '128.0.0.0/1'], true],
    ['StringEquals', 'aws:username', variable('aws:username'), true],
  ])('and its like: %s of %s with %j counts: %s', (operator, other, value, counted) => {
    const statement = { Resource: '*', Condition: { [operator]: { [other]: value } } };
    expect(counts(`s3:* unless=${other}`, statement)).toBe(counted);
  });

  it('says which condition is missing', () => {
    expect(findings(entry, { Resource: '*' })[0]?.because).toBe(
      'no condition limits it by aws:ResourceTag/team',
    );
  });
});

describe('a list of entries with limits', () => {
  it.each([
    ['s3:* resource=arn:aws:s3:::a, s3:* resource=arn:aws:s3:::b', ['arn:aws:s3:::a', 'arn:aws:s3:::b']],
    ['s3:* resource=arn:aws:s3:::a resource=broad', ['arn:aws:s3:::a', 'broad']],
    ['s3:* resource=broad, s3:*', undefined],
    ['@data-destruction resource=broad, s3:DeleteBucket', undefined],
    ['@data-destruction, s3:DeleteBucket resource=broad', ['broad']],
    ['@data-destruction resource=broad', ['broad']],
  ])('counts on what any of equals counts on, an own entry before its set: %s', (text, resources) => {
    const found = parseList(text).actions.find(({ pattern }) =>
      ['s3:*', 's3:DeleteBucket'].includes(pattern),
    );
    expect(found?.resources).toEqual(resources);
  });

  it('is excused only by what excuses all equals', () => {
    const excused = (text: string) => parseList(text).actions[0]?.unless;
    expect(excused('s3:* unless=aws:a unless=aws:b, s3:* unless=aws:b')).toEqual(['aws:b']);
    expect(excused('s3:* unless=aws:a, s3:* unless=aws:b')).toBeUndefined();
  });

  it.each([
    ['s3:* resource=prod', 'has the unknown resource "prod"; it may be broad or a pattern of ARNs'],
    ['s3:* unless=team', 'has the unknown unless "team"; it may be a condition key'],
  ])('is refused with what is wrong: %s', (text, problem) => {
    expect(parseList(text).problems[0]).toContain(problem);
  });
});
