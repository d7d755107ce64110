import { entriesOf, isObject, type JsonValue, parseJson } from './json-tree.ts';
import { lettersOf, readStatement, type Statement } from './statement.ts';

interface PolicyDocument {
  statements: readonly Statement[];
  /** Why the text is not a policy, or not wholly; empty when it is one. */
  problems: string[];
}

/** The two versions of the policy language. What a later one may mean is unknown, so it can't be read. */
const VERSIONS: readonly JsonValue[] = ['2012-10-17', '2008-10-17'];

/**
 * Reads a policy from JSON text. What can be read of a document that is partly wrong is read, so that its
 * findings can be told along with its problems.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function readPolicyDocument(text: string): PolicyDocument {
  const value = parseJson(text);
  if (!isObject(value)) return { statements: [], problems: ['it is not a JSON object'] };
  const { versions, blocks, keys } = readElements(entriesOf(value));
  const statements = blocks.flat().map(readStatement);
  const problems: string[] = [];
  for (const { index, problems: ofStatement } of statements) {
    for (const problem of ofStatement) problems.push(`statement ${index} ${problem}`);
  }
  if (blocks.length === 0) problems.unshift('it has no Statement');
  if (!versions.every((version) => VERSIONS.includes(version))) {
    problems.unshift('its Version is neither 2012-10-17 nor 2008-10-17');
  }
  // When the key is written twice, IAM may see only one of the two: a Deny in either may not be there.
  const deniesCount = keys.length === 1 && keys[0] === 'Statement';
  return { statements: deniesCount ? statements : statements.map(withoutDeny), problems };
}

/** The statements of a document, in their order, whatever it is otherwise. */
export function readStatements(value: JsonValue): Statement[] {
  return isObject(value) ? readElements(entriesOf(value)).blocks.flat().map(readStatement) : [];
}

interface Elements {
  versions: JsonValue[];
  /** The values of every `Statement`, and how the key is written. */
  blocks: JsonValue[];
  keys: string[];
}

function readElements(entries: readonly [string, JsonValue][]): Elements {
  const elements: Elements = { versions: [], blocks: [], keys: [] };
  for (const [key, value] of entries) {
    const letters = lettersOf(key);
    if (letters === 'version') elements.versions.push(value);
    if (letters !== 'statement') continue;
    elements.blocks.push(value);
    elements.keys.push(key);
  }
  return elements;
}

function withoutDeny(statement: Statement): Statement {
  return { ...statement, deniesAlways: false };
}
