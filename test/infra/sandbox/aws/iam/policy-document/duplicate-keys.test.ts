import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasDuplicateKeys } from '../../../../../../infra/sandbox/aws/iam/policy-document/duplicate-keys.ts';

test.each([
  '{"a":1,"a":2}',
  '{"x":[{"a":{"b":1,"b":1}}]}',
  '{"Action":1,"\\u0041ction":2}',
  '{"a":{"b":1},"c":[],"a":2}',
  '{"a\\"":1,"a\\"":2}',
])('%s names a key twice', (json) => {
  expect(hasDuplicateKeys(json)).toBe(true);
});

test.each([
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  '{"a":"b","b":"a"}',
  '{"a":"{\\"a\\":1,\\"a\\":2}"}',
  '{"a":1,"A":2}',
  '{"a":"x:","b":":\\\\"}',
])('%s does not', (json) => {
  expect(hasDuplicateKeys(json)).toBe(false);
});

test('nothing that JSON.stringify writes names a key twice', () => {
  fc.assert(fc.property(fc.json(), (json) => !hasDuplicateKeys(json)));
});

test('an object whose last key is repeated always does', () => {
  const objects = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(objects, fc.jsonValue(), (object, value) => {
      const key = Object.keys(object).at(-1) ?? '';
      const json = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(value)}}`;
      return hasDuplicateKeys(json);
    }),
  );
});
