import { compileGlob, globCovers } from './glob.ts';
import { entriesOf, isObject, type JsonValue } from './json-tree.ts';
import { isBroad } from './resource-limit.ts';
import type { Statement } from './statement.ts';

/** Says whether one value of an operator limits what it is compared with; `key` is in lower case. */
type Limits = (value: string, key: string) => boolean;

/** Compared with a value that is always the principal's own, and that the request can't choose. */
const OF_PRINCIPAL = /^\$\{aws:(?:principal[a-z]+(?:\/[\w.-]+)?|username|userid)\}$/i;

const exactly: Limits = (value, key) =>
  !value.includes('$') || (OF_PRINCIPAL.test(value) && value.slice(2, -1).toLowerCase() !== key);
const likely: Limits = (value) =>
  !value.includes('$') && (value.startsWith('arn:') ? !isBroad(value) : /[a-z0-9]/i.test(value));
/** Wider networks can be put together to all there are. */
const network: Limits = (value) => {
  const [address = '', length] = value.split('/');
  const least = address.includes(':') ? 16 : 8;
  return length === undefined || Number(length) >= least;
};

/**
 * The operators that really limit: true for nothing but what they name, and false when the key is missing. Orders
 * (`NumericLessThan`, dates) are left out, since nobody knows where everything begins.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS = new Map<string, Limits>([
  ['StringEquals', exactly],
  ['StringEqualsIgnoreCase', exactly],
  ['StringLike', likely],
  ['ArnEquals', likely],
  ['ArnLike', likely],
  ['NumericEquals', exactly],
  ['BinaryEquals', exactly],
  ['IpAddress', network],
]);
const ANY_VALUE = 'ForAnyValue:';

/**
 * Whether a condition of the statement certainly limits it by one of the keys. `…IfExists`, `Null`, `ForAllValues`,
 * negations, and values that match everything do not.
 *
 * @param keys condition keys; `*` and `?` as in actions
 */
export function isLimitedBy({ conditions, certain }: Statement, keys: readonly string[]): boolean {
  const [condition] = conditions;
  if (!certain || conditions.length !== 1 || !isObject(condition)) return false;
  const operators = entriesOf(condition);
  if (hasTwice(operators)) return false;
  const globs = keys.map((key) => compileGlob(key.toLowerCase()));
  return operators.some(([operator, tests]) => {
    if (!isObject(tests) || hasTwice(entriesOf(tests))) return false;
    return entriesOf(tests).some(([key, value]) => {
      const lower = key.toLowerCase();
      return globs.some((glob) => globCovers(glob, compileGlob(lower))) && limits(operator, lower, value);
    });
  });
}

function limits(operator: string, key: string, value: JsonValue): boolean {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (values.length === 0) return false;
  if (operator === 'Bool') return values.every((each) => /^(?:true|false)$/.test(each) && each === values[0]);
  const name = operator.startsWith(ANY_VALUE) ? operator.slice(ANY_VALUE.length) : operator;
  const limit = OPERATORS.get(name);
  return limit !== undefined && values.every((each) => limit(each, key));
}

/** Which of two would count is not known; case does not tell keys apart. */
function hasTwice(entries: readonly [string, JsonValue][]): boolean {
  return new Set(entries.map(([key]) => key.toLowerCase())).size < entries.length;
}
