import { isObject, JsonObject, type JsonValue, type PlainObject } from './json-tree.ts';

/** What one statement says, read so that nothing that could grant is left out. */
export interface Statement {
  /** From 0, over all statements of the document. */
  index: number;
  sid?: string;
  allows: boolean;
  actions: readonly string[];
  /** One list for each `NotAction` that is written; more than one only when the key is duplicated. */
  notActions: readonly (readonly string[])[];
  resources: readonly string[];
  notResources: readonly string[];
  /** Every `Condition` that is written; more than one only when the key is duplicated. */
  conditions: readonly JsonValue[];
  /** Every key is written exactly once, and exactly as IAM spells it. */
  certain: boolean;
  /** True when this is a Deny that certainly applies to every request, whatever principal, resource and time. */
  deniesAlways: boolean;
  /** Why the statement is not one that IAM defines. */
  problems: readonly string[];
}

const KEYS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
type Key = (typeof KEYS)[number];

const LETTERS = /^[a-z]*$/i;
const KEY_BY_LETTERS = new Map<string, Key>(KEYS.map((key) => [lettersOf(key), key]));

/**
 * The letters of a key, in lower case. Whether IAM takes `action` or `Action ` for `Action` is unsure, so for what
 * grants they are the same, and for what takes a grant away (`deniesAlways`) they are not.
 */
export function lettersOf(key: string): string {
  if (LETTERS.test(key)) return key.toLowerCase();
  return key.replace(/[^a-z]/gi, '').toLowerCase();
}

/** Every value of every key: a duplicated key has several. */
type Elements = { -readonly [K in Key]: readonly JsonValue[] };

const NONE: readonly never[] = [];

export function readStatement(value: JsonValue, index: number): Statement {
  if (!isObject(value)) return { ...NOTHING, index, problems: ['is not an object'] };
  const elements = readElements(value);
  const certain = isCertain(value);
  return {
    index,
    sid: elements.Sid.find((sid) => typeof sid === 'string'),
    allows: elements.Effect.includes('Allow'),
    actions: allStrings(elements.Action),
    notActions: elements.NotAction.length === 0 ? NONE : elements.NotAction.map(stringsOf),
    resources: allStrings(elements.Resource),
    notResources: allStrings(elements.NotResource),
    conditions: elements.Condition,
    certain,
    deniesAlways: certain && deniesAlways(elements),
    problems: problemsOf(elements),
  };
}

const NOTHING = {
  allows: false,
  actions: NONE,
  notActions: NONE,
  resources: NONE,
  notResources: NONE,
  conditions: NONE,
  certain: false,
  deniesAlways: false,
};

function readElements(object: JsonObject | PlainObject): Elements {
  const elements: Elements = {
    Sid: NONE,
    Effect: NONE,
    Principal: NONE,
    NotPrincipal: NONE,
    Action: NONE,
    NotAction: NONE,
    Resource: NONE,
    NotResource: NONE,
    Condition: NONE,
  };
  if (object instanceof JsonObject) for (const [key, value] of object.entries) put(elements, key, value);
  else for (const key in object) put(elements, key, object[key] as JsonValue);
  return elements;
}

function put(elements: Elements, key: string, value: JsonValue): void {
  const known = isKey(key) ? key : KEY_BY_LETTERS.get(lettersOf(key));
  if (known) elements[known] = elements[known].length === 0 ? [value] : [...elements[known], value];
}

const KEY_NAMES: ReadonlySet<string> = new Set(KEYS);

function isKey(text: string): text is Key {
  return KEY_NAMES.has(text);
}

function problemsOf(elements: Elements): readonly string[] {
  const problems: string[] = [];
  if (elements.Effect.length === 0) problems.push('has no Effect');
  for (const effect of elements.Effect) {
    if (effect !== 'Allow' && effect !== 'Deny')
      problems.push('has an Effect that is neither "Allow" nor "Deny"');
  }
  const named = elements.Action.length > 0;
  const excluded = elements.NotAction.length > 0;
  if (named && excluded) problems.push('has both Action and NotAction');
  if (!named && !excluded) problems.push('has neither Action nor NotAction');
  if (elements.Resource.length > 0 && elements.NotResource.length > 0) {
    problems.push('has both Resource and NotResource');
  }
  for (const key of LISTS) {
    if (!elements[key].every(isStrings))
      problems.push(`has ${article(key)} that is neither text nor a list of texts`);
  }
  return problems;
}

const LISTS = ['Action', 'NotAction', 'Resource', 'NotResource'] as const;

function article(key: string): string {
  return /^[AEIOU]/.test(key) ? `an ${key}` : `a ${key}`;
}

function isCertain(object: JsonObject | PlainObject): boolean {
  if (!(object instanceof JsonObject)) {
    for (const key in object) if (!isKey(key)) return false;
    return true;
  }
  const written = object.entries.map(([key]) => key);
  return written.every(isKey) && new Set(written).size === written.length;
}

/**
 * Of a statement whose keys leave no doubt: certain only when there is no condition, and resource and principal, as
 * far as given, are `*`.
 */
function deniesAlways(elements: Elements): boolean {
  const [resource] = elements.Resource;
  return (
    elements.Effect[0] === 'Deny' &&
    (elements.Action.length === 0) !== (elements.NotAction.length === 0) &&
    (resource === '*' || (Array.isArray(resource) && resource.includes('*'))) &&
    elements.NotResource.length === 0 &&
    elements.Condition.length === 0 &&
    elements.Principal.every((principal) => principal === '*') &&
    elements.NotPrincipal.length === 0
  );
}

function isStrings(value: JsonValue): boolean {
  return typeof value === 'string' || (Array.isArray(value) && value.every(isString));
}

function isString(value: JsonValue): value is string {
  return typeof value === 'string';
}

function allStrings(values: readonly JsonValue[]): readonly string[] {
  if (values.length === 0) return NONE;
  return values.length === 1 ? stringsOf(values[0] as JsonValue) : values.flatMap(stringsOf);
}

function stringsOf(value: JsonValue): readonly string[] {
  if (!Array.isArray(value)) return isString(value) ? [value] : NONE;
  return value.every(isString) ? value : value.filter(isString);
}
