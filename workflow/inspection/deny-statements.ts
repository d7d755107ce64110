import { JsonObject, type JsonTree, parseJsonTree } from './json-tree.ts';
import { lettersOf } from './statement.ts';

/** What a document takes away. */
interface DenyStatements {
  /** Each as it is written, byte for byte, and meant for version 2012-10-17 of the policy language. */
  denies: DenyStatement[];
  /** The Denies that cannot be read without doubt, each as one phrase for people; not yet escaped. */
  leftOut: string[];
}

export interface DenyStatement {
  text: string;
  sid?: string;
}

/** The keys of a statement in an identity policy. */
const KEYS: readonly string[] = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

const MOST_LEFT_OUT = 10;
const MOST_CHARACTERS = 120;

/**
 * Reads the Deny statements out of a policy, conditional or not. Where IAM may read something else than what is
 * written (a key that is there twice or oddly spelt, a form that is not documented), a Deny is left out: as a
 * statement of its own it might deny more than it did.
 */
export function readDenyStatements(document: string): DenyStatements {
  const tree = treeOf(document);
  if (tree === undefined)
    return { denies: [], leftOut: ['whatever it denies: it is no policy that can be read'] };
  const doubt = doubtAbout(tree);
  const blocks = tree.entries.filter(([key]) => lettersOf(key) === 'statement').flatMap(([, value]) => value);
  const denies: DenyStatement[] = [];
  const leftOut: string[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!(block instanceof JsonObject) || !meansDeny(block)) continue;
    const text = document.slice(block.start, block.end);
    const problem = doubt ?? problemOf(block) ?? problemOfVersion(tree, text);
    if (problem === undefined) denies.push({ text, ...sidOf(block) });
    else leftOut.push(`${nameOf(block, index)}: ${problem}`);
  }
  return { denies, leftOut: capped(leftOut) };
}

function treeOf(document: string): JsonObject | undefined {
  try {
    const tree = parseJsonTree(document);
    return tree instanceof JsonObject ? tree : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What makes every statement of the document doubtful. */
function doubtAbout(tree: JsonObject): string | undefined {
  const keys = tree.entries.map(([key]) => key);
  const statements = keys.filter((key) => lettersOf(key) === 'statement');
  const versions = keys.filter((key) => lettersOf(key) === 'version');
  if (statements.length > 1 || versions.length > 1) return 'the document has a key twice';
  if (statements[0] !== 'Statement') return 'Statement is spelt in another way';
  if (versions.length === 1 && versions[0] !== 'Version') return 'Version is spelt in another way';
  return undefined;
}

function meansDeny(statement: JsonObject): boolean {
  return valuesOf(statement, 'effect').some(
    (effect) => typeof effect === 'string' && effect.trim().toLowerCase() === 'deny',
  );
}

function problemOf(statement: JsonObject): string | undefined {
  const keys = statement.entries.map(([key]) => key);
  if (hasKeyTwice(statement)) return 'a key is written twice';
  const odd = keys.find((key) => !KEYS.includes(key));
  if (odd !== undefined) return 'it has a key that a policy of a user, group or role has not';
  if (valuesOf(statement, 'effect')[0] !== 'Deny') return 'its Effect is not spelt Deny';
  if (keys.includes('Action') === keys.includes('NotAction')) return 'it has not one of Action and NotAction';
  if (keys.includes('Resource') === keys.includes('NotResource')) {
    return 'it has not one of Resource and NotResource';
  }
  const lists = ['action', 'notaction', 'resource', 'notresource'].flatMap((key) => valuesOf(statement, key));
  if (!lists.every(isTexts)) return 'what it names is neither a text nor a list of texts';
  return valuesOf(statement, 'condition').every(isCondition) ? undefined : 'its Condition has an odd form';
}

/** Only in version 2012-10-17 is `${…}` a variable. */
function problemOfVersion(tree: JsonObject, text: string): string | undefined {
  const version = valuesOf(tree, 'version')[0];
  if (version === '2012-10-17') return undefined;
  if (version !== undefined && version !== '2008-10-17') return 'the document has an unknown Version';
  return /\$\{|\\u/.test(text) ? "it may mean something else in the document's old Version" : undefined;
}

function hasKeyTwice(root: JsonTree): boolean {
  const left: JsonTree[] = [root];
  for (let tree = left.pop(); tree !== undefined; tree = left.pop()) {
    if (Array.isArray(tree)) left.push(...tree);
    if (!(tree instanceof JsonObject)) continue;
    if (new Set(tree.entries.map(([key]) => key.toLowerCase())).size < tree.entries.length) return true;
    left.push(...tree.entries.map(([, value]) => value));
  }
  return false;
}

/** Operators with keys with values: `{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`. */
function isCondition(tree: JsonTree): boolean {
  return (
    tree instanceof JsonObject &&
    tree.entries.every(
      ([, keys]) => keys instanceof JsonObject && keys.entries.every(([, values]) => isScalars(values)),
    )
  );
}

function isScalars(tree: JsonTree): boolean {
  const values = Array.isArray(tree) ? tree : [tree];
  return values.every((value) => ['string', 'number', 'boolean'].includes(typeof value));
}

function isTexts(tree: JsonTree): boolean {
  const values = Array.isArray(tree) ? tree : [tree];
  return values.length > 0 && values.every((value) => typeof value === 'string');
}

function valuesOf(tree: JsonObject, letters: string): JsonTree[] {
  return tree.entries.filter(([key]) => lettersOf(key) === letters).map(([, value]) => value);
}

function sidOf(statement: JsonObject): { sid?: string } {
  const sid = valuesOf(statement, 'sid')[0];
  return typeof sid === 'string' ? { sid } : {};
}

function nameOf(statement: JsonObject, index: number): string {
  const { sid } = sidOf(statement);
  return sid === undefined ? `Deny in statement ${index}` : `Deny ${sid.slice(0, MOST_CHARACTERS)}`;
}

function capped(leftOut: string[]): string[] {
  const more = leftOut.length - MOST_LEFT_OUT;
  return more > 0 ? [...leftOut.slice(0, MOST_LEFT_OUT), `and ${more} more`] : leftOut;
}
