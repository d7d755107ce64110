import { expect, test } from 'vitest';
import {
  flag,
  integer,
  list,
  oneOf,
  readParameters,
  text,
} from '../../../../../infra/sandbox/aws/front-door/parameters.ts';
import * as z from '../../../../../workflow/runtime/zod.ts';

const schema = z.object({
  PolicyName: text({ min: 1, max: 5, pattern: '[\\w]+' }),
  Scope: z._default(oneOf(['All', 'Local']), 'All'),
  MaxItems: z._default(integer(1, 1000), 100),
  SetAsDefault: z._default(flag, false),
  Tags: z._default(list(z.object({ Key: text({ max: 3 }) }), 2), []),
});
const read = (input: Record<string, unknown>) => readParameters(schema, { PolicyName: 'p', ...input });

test('what the query protocol sends as text becomes what it means', () => {
  expect(read({ MaxItems: '7', SetAsDefault: 'true', Tags: '', Unknown: 'x' })).toEqual({
    PolicyName: 'p',
    Scope: 'All',
    MaxItems: 7,
    SetAsDefault: true,
    Tags: [],
  });
});

test.each([
  [{ PolicyName: undefined }, "Value at 'policyName' failed to satisfy constraint: Member must not be null"],
  [
    { PolicyName: 'abcdef' },
    "Value 'abcdef' at 'policyName' failed to satisfy constraint: Member must have length less than or equal to 5",
  ],
  [
    { PolicyName: 'a b' },
    "Value 'a b' at 'policyName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
  ],
  [
    { Scope: 'None' },
    "Value 'None' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, Local]",
  ],
  [
    { MaxItems: '1001' },
    "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
  ],
  [
    { Tags: [{ Key: 'a' }, { Key: 'long' }] },
    "Value 'long' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 3",
  ],
])('%j is refused in the words of AWS', (input, failure) => {
  expect(() => read(input)).toThrow(
    expect.objectContaining({ code: 'ValidationError', message: `1 validation error detected: ${failure}` }),
  );
});

test('everything that is wrong is named at once', () => {
  expect(() => read({ PolicyName: undefined, Scope: 'None' })).toThrow(
    /^2 validation errors detected: .*; .*/,
  );
});

test('a value too long to be read is not repeated', () => {
  expect(() => read({ PolicyName: 'x'.repeat(2000) })).toThrow(/Value at 'policyName'/);
});
