import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { times } from '../../support/times.ts';
import { isAllowed, type OracleRequest, type OracleStatement } from './oracle.ts';

/** More for a thorough search by hand. */
const RUNS = times(1_500);

const ACTIONS = ['s3:DeleteObject', 's3:DeleteBucket', 'iam:PassRole'];
/** What exists, with what an entry may say of it. */
const RESOURCES = [
  'arn:aws:s3:::prod-data',
  'arn:aws:s3:::prod-data/key',
  'arn:aws:s3:::Prod-Data',
  'arn:aws:s3:::logs/alice/key',
  'arn:aws:iam::123456789012:role/admin',
  'arn:aws:iam::123456789012:role/app/admin-web',
];
const LIMITS = [
  'arn:aws:s3:::prod-*',
  'arn:aws:s3:::*/alice/*',
  'arn:aws:s3:::*',
  'arn:aws:iam::*:role/admin*',
  'arn:aws:iam::*:role/*',
  'arn:aws:s3:::prod-data/key',
];
/** A policy variable, as IAM writes it. */
const VARIABLE = `\${${'aws:username'}}`;
const KEYS = ['aws:ResourceTag/team', 'aws:SecureTransport', 'aws:username'];

const resource = fc.oneof(
  fc.constantFrom(...RESOURCES, ...LIMITS, '*'),
  fc.constantFrom('arn:aws:s3', 'arn:*', `arn:aws:s3:::${VARIABLE}*`, `arn:aws:s3:::logs/${VARIABLE}/*`),
  fc
    .tuple(fc.constantFrom(...RESOURCES), fc.nat(44), fc.nat(9), fc.constantFrom('*', '?', ''))
    .map(([arn, at, length, wildcard]) => arn.slice(0, at) + wildcard + arn.slice(at + length)),
);
const resources = fc.oneof(resource, fc.array(resource, { minLength: 1, maxLength: 3 }));

const operator = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'ArnLike', 'Bool'),
    fc.constantFrom('', '', '', 'IfExists'),
  )
  .map((parts) => parts.join(''));
const value = fc.constantFrom('red', 'r*', '*', '?*', 'true', 'false', VARIABLE, 'arn:*', 'alice');
const tests = fc.dictionary(
  fc.constantFrom(...KEYS, 'AWS:resourcetag/TEAM'),
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 2 })),
  { minKeys: 1, maxKeys: 2 },
);
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(operator, tests, { minKeys: 1, maxKeys: 2 }) },
  {
    weight: 1,
    arbitrary: fc.record({ Null: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('true', 'false')) }),
  },
);

const statement: fc.Arbitrary<OracleStatement> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.constantFrom<object>(
      ...ACTIONS.map((Action) => ({ Action })),
      { Action: '*' },
      { Action: ['s3:Delete*', 'iam:*'] },
      { NotAction: 'iam:*' },
    ),
    resource: fc.oneof(
      { weight: 5, arbitrary: resources.map((Resource): object => ({ Resource })) },
      { weight: 2, arbitrary: resources.map((NotResource): object => ({ NotResource })) },
    ),
    Condition: fc.option(condition, { nil: undefined }),
  })
  .map(({ Effect, action, resource, Condition }) => ({
    Effect,
    ...action,
    ...resource,
    ...(Condition && { Condition }),
  }));
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

/** Requests that nobody who is limited by the key could make: the key is missing, or has a value of nobody's. */
const context = fc.constantFrom<OracleRequest['context']>(
  { 'aws:username': ['alice'] },
  { 'aws:username': ['alice'], 'aws:securetransport': ['true'] },
  { 'aws:username': ['alice'], 'aws:resourcetag/team': ['nobody’s'] },
  { 'aws:username': ['alice'], 'aws:resourcetag/team': ['nobody’s'], 'aws:securetransport': ['false'] },
);

/** An action, and one of these resources that it works on. */
const use = (resources: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...ACTIONS), fc.constantFrom(...resources))
    .filter(([action, arn]) => arn.split(':')[2] === action.split(':')[0]);

function isFound(given: readonly OracleStatement[], restricted: object): boolean {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: given });
  return inspectDocument(text, [restricted as { pattern: string }]).restricted;
}

describe('compared with a judge that answers single requests as AWS does', () => {
  it('lets go no grant that AWS would allow on a resource that the entry names', () => {
    fc.assert(
      fc.property(
        statements,
        use(RESOURCES),
        fc.constantFrom(...LIMITS),
        context,
        (given, [action, arn], limit, context) => {
          fc.pre(
            isAllowed([{ Effect: 'Allow', Action: '*', Resource: limit }], {
              action,
              resource: arn,
              context,
            }),
          );
          if (isAllowed(given, { action, resource: arn, context })) {
            expect(isFound(given, { pattern: action, resources: [limit] })).toBe(true);
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('lets go no grant that AWS would allow without the tag that excuses', () => {
    fc.assert(
      fc.property(statements, use(RESOURCES), context, (given, [action, resource], context) => {
        if (isAllowed(given, { action, resource, context })) {
          expect(isFound(given, { pattern: action, unless: ['aws:ResourceTag/team'] })).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lets go no broad grant: one that AWS would allow on names that nobody has thought of', () => {
    const unthought = ['arn:aws:s3:::qwx17', 'arn:aws:s3:::qwx17/zv', 'arn:aws:iam::123456789012:role/qwx17'];
    fc.assert(
      fc.property(statements, use(unthought), context, (given, [action, resource], context) => {
        if (isAllowed(given, { action, resource, context })) {
          expect(isFound(given, { pattern: action, resources: ['broad'] })).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
