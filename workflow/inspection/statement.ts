import type { JsonTree } from './json-tree.ts';
import { JsonObject } from './json-tree.ts';

/** What one statement says, read so that nothing that could grant is left out. */
export interface Statement {
  /** From 0, over all statements of the document. */
  index: number;
  sid?: string;
  allows: boolean;
  actions: string[];
  /** One list for each `NotAction` that is written; more than one only when the key is duplicated. */
  notActions: string[][];
  resources: string[];
  notResources: string[];
  /** The first `Condition`, as JSON text. */
  condition?: string;
  /** True when this is a Deny that certainly applies to every request, whatever principal, resource and time. */
  deniesAlways: boolean;
  /** Why the statement is not one that IAM defines. */
  problems: string[];
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

const KEY_BY_LETTERS = new Map<string, Key>(KEYS.map((key) => [lettersOf(key), key]));

/**
 * The letters of a key, in lower case. Whether IAM takes `action` or `Action ` for `Action` is unsure, so for what
 * grants they are the same, and for what takes a grant away (`deniesAlways`) they are not.
 */
export function lettersOf(key: string): string {
  return key.replace(/[^a-z]/gi, '').toLowerCase();
}

/** Every value of every key: a duplicated key has several. */
type Elements = { [K in Key]: JsonTree[] };

/** @param text the document, from which the condition is quoted */
export function readStatement(tree: JsonTree, index: number, text: string): Statement {
  if (!(tree instanceof JsonObject)) return nothing(index, ['is not an object']);
  const elements = readElements(tree);
  const notActions = elements.NotAction.map(stringsOf);
  return {
    index,
    sid: elements.Sid.find((sid) => typeof sid === 'string'),
    allows: elements.Effect.includes('Allow'),
    actions: elements.Action.flatMap(stringsOf),
    notActions,
    resources: elements.Resource.flatMap(stringsOf),
    notResources: elements.NotResource.flatMap(stringsOf),
    condition:
      elements.Condition.length > 0 ? jsonTextOf(elements.Condition[0] as JsonTree, text) : undefined,
    deniesAlways: deniesAlways(tree, elements),
    problems: problemsOf(elements),
  };
}

function nothing(index: number, problems: string[]): Statement {
  return {
    index,
    allows: false,
    actions: [],
    notActions: [],
    resources: [],
    notResources: [],
    deniesAlways: false,
    problems,
  };
}

function readElements(statement: JsonObject): Elements {
  const elements = Object.fromEntries(KEYS.map((key) => [key, [] as JsonTree[]])) as Elements;
  for (const [key, value] of statement.entries) {
    const known = KEY_BY_LETTERS.get(lettersOf(key));
    if (known) elements[known].push(value);
  }
  return elements;
}

function problemsOf(elements: Elements): string[] {
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
  for (const key of ['Action', 'NotAction', 'Resource', 'NotResource'] as const) {
    if (!elements[key].every(isStrings))
      problems.push(`has ${article(key)} that is neither text nor a list of texts`);
  }
  return problems;
}

function article(key: string): string {
  return /^[AEIOU]/.test(key) ? `an ${key}` : `a ${key}`;
}

/**
 * Certain only when every key is written exactly once and exactly as IAM spells it, there is no condition, and
 * resource and principal, as far as given, are `*`.
 */
function deniesAlways(tree: JsonObject, elements: Elements): boolean {
  const written = tree.entries.map(([key]) => key);
  const asSpelt = written.every((key) => (KEYS as readonly string[]).includes(key));
  const [resource] = elements.Resource;
  return (
    asSpelt &&
    new Set(written).size === written.length &&
    elements.Effect[0] === 'Deny' &&
    (elements.Action.length === 0) !== (elements.NotAction.length === 0) &&
    (resource === '*' || (Array.isArray(resource) && resource.includes('*'))) &&
    elements.NotResource.length === 0 &&
    elements.Condition.length === 0 &&
    elements.Principal.every((principal) => principal === '*') &&
    elements.NotPrincipal.length === 0
  );
}

function isStrings(tree: JsonTree): boolean {
  return typeof tree === 'string' || (Array.isArray(tree) && tree.every((item) => typeof item === 'string'));
}

function stringsOf(tree: JsonTree): string[] {
  return (Array.isArray(tree) ? tree : [tree]).filter((item) => typeof item === 'string');
}

/** Long enough for any condition that a person reads; the rest of a longer one stays in the document. */
const CONDITION_CHARACTERS = 2_000;

function jsonTextOf(tree: JsonTree, text: string): string {
  if (!(tree instanceof JsonObject)) return JSON.stringify(Array.isArray(tree) ? '[…]' : tree);
  const quoted = text.slice(tree.start, tree.end).slice(0, 10 * CONDITION_CHARACTERS);
  const compact = quoted.replace(/("(?:[^"\\]|\\.)*"?)|\s+/g, '$1');
  return compact.length > CONDITION_CHARACTERS ? `${compact.slice(0, CONDITION_CHARACTERS)}…` : compact;
}
