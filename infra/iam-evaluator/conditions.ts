import { matchesArn, matchesText } from './matches.ts';
import { type Statement, UnknownPolicyError } from './policy.ts';

/** The condition keys of a call, by name in any case; a list where the key has several values. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

interface Operator {
  matches(wanted: string, value: string): boolean;
  negated?: boolean;
}

/** Those that policies of this project use. ArnEquals takes wildcards exactly as ArnLike does. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: (wanted, value) => wanted === value },
  StringEqualsIgnoreCase: { matches: (wanted, value) => wanted.toLowerCase() === value.toLowerCase() },
  StringLike: { matches: matchesText },
  ArnEquals: { matches: matchesArn },
  ArnLike: { matches: matchesArn },
  ArnNotLike: { matches: matchesArn, negated: true },
};

const QUANTIFIERS = ['ForAllValues', 'ForAnyValue'];

/**
 * Do all conditions of a statement hold?
 *
 * @throws UnknownPolicyError for an operator that is not known, and for several values without a quantifier
 */
export function conditionsHold(conditions: Statement['Condition'], context: Context): boolean {
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => holds(operator, key, wanted, context)),
  );
  // Every one is looked at, so that what is not known is refused whatever the others say.
  return tests.every(Boolean);
}

function holds(written: string, key: string, wanted: readonly string[], context: Context): boolean {
  const { quantifier, operator } = readOperator(written);
  const values = valuesOf(key, context);
  const fits = (value: string) =>
    wanted.some((each) => operator.matches(each, value)) !== (operator.negated ?? false);
  if (quantifier === 'ForAllValues') return values.every(fits);
  if (quantifier === 'ForAnyValue') return values.some(fits);
  if (values.length > 1) throw new UnknownPolicyError(`${key} has several values, and ${written} takes one.`);
  const [value] = values;
  // A key that the call does not have fits what is negated, and nothing else.
  return value === undefined ? operator.negated === true : fits(value);
}

function readOperator(written: string): { quantifier?: string; operator: Operator } {
  const [first = '', second] = written.split(':');
  const name = second ?? first;
  const quantifier = second === undefined ? undefined : first;
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined || (quantifier !== undefined && !QUANTIFIERS.includes(quantifier))) {
    throw new UnknownPolicyError(`The condition operator ${written} is not known.`);
  }
  return { quantifier, operator };
}

function valuesOf(key: string, context: Context): readonly string[] {
  const name = Object.keys(context).find((each) => each.toLowerCase() === key.toLowerCase());
  const value = name === undefined ? [] : context[name];
  return typeof value === 'string' ? [value] : (value ?? []);
}
