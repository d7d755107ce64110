import { isObject } from '../../../../workflow/runtime/is-object.ts';
/** An event pattern of EventBridge, as it stands in a rule. */
export type EventPattern = { readonly [field: string]: unknown };

/** A pattern uses something that this matcher does not know, or that EventBridge would refuse. */
export class EventPatternError extends Error {
  override name = 'EventPatternError';
}

/**
 * Whether a rule with this pattern fires for the event. Knows exact values, `prefix`, `exists`, `anything-but` (of
 * values, or of a prefix), nested fields and `$or`; what it does not know is an error, never a silent mismatch.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws EventPatternError
 */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or') return matchesAny(expected, event);
    const actual = fieldOf(event, field);
    if (Array.isArray(expected)) return expected.some((rule) => matchesRule(rule, actual));
    if (!isObject(expected)) {
      throw new EventPatternError(`"${field}" must be an object or an array, as in {"${field}": ["value"]}.`);
    }
    // A list of objects matches when one of them does.
    const candidates = Array.isArray(actual) ? actual : [actual];
    return candidates.some((candidate) => matchesPattern(expected, candidate));
  });
}

function matchesAny(alternatives: unknown, event: unknown): boolean {
  if (!Array.isArray(alternatives) || !alternatives.every(isObject)) {
    throw new EventPatternError('"$or" must be an array of patterns.');
  }
  return alternatives.some((alternative) => matchesPattern(alternative, event));
}

/** One entry of a field's array; several values of the event match when one of them does. */
function matchesRule(rule: unknown, actual: unknown): boolean {
  if (!isObject(rule)) return leaves(actual).includes(rule);
  const [operator = '', ...others] = Object.keys(rule);
  if (others.length > 0) throw new EventPatternError(`One operator at a time: ${JSON.stringify(rule)}.`);
  const operand = rule[operator];
  switch (operator) {
    case 'exists':
      // Only leaves exist for EventBridge: an object with fields of its own does not.
      return operand === leaves(actual).length > 0;
    case 'prefix':
      return leaves(actual).some((leaf) => hasPrefix(leaf, operand));
    case 'anything-but':
      return leaves(actual).some((leaf) => isAnythingBut(leaf, operand));
    default:
      throw new EventPatternError(`The operator "${operator}" is not known to the sandbox's event bus.`);
  }
}

/** A missing field has no leaf, so that `anything-but` does not match it. */
function isAnythingBut(leaf: unknown, operand: unknown): boolean {
  if (isObject(operand)) return !matchesRule(operand, leaf);
  return ![operand].flat().includes(leaf);
}

function hasPrefix(leaf: unknown, prefix: unknown): boolean {
  if (typeof prefix !== 'string') throw new EventPatternError('The operand of "prefix" must be text.');
  return typeof leaf === 'string' && leaf.startsWith(prefix);
}

function leaves(actual: unknown): unknown[] {
  if (actual === undefined) return [];
  return [actual].flat().filter((value) => !isObject(value));
}

function fieldOf(value: unknown, field: string): unknown {
  return isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
}
