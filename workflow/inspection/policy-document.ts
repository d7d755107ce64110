import type { JsonTree } from './json-tree.ts';
import { JsonObject, parseJsonTree } from './json-tree.ts';
import type { Statement } from './statement.ts';
import { lettersOf, readStatement } from './statement.ts';

export interface PolicyDocument {
  statements: Statement[];
  /** Why the text is not a policy, or not wholly; empty when it is one. */
  problems: string[];
}

/** The two versions of the policy language. What a later one may mean is unknown, so it can't be read. */
const VERSIONS: readonly JsonTree[] = ['2012-10-17', '2008-10-17'];

/**
 * Reads a policy from JSON text. What can be read of a document that is partly wrong is read, so that its
 * findings can be told along with its problems.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function readPolicyDocument(text: string): PolicyDocument {
  const tree = parseJsonTree(text);
  if (!(tree instanceof JsonObject)) return { statements: [], problems: ['it is not a JSON object'] };
  const versions = valuesOf(tree, 'version');
  const blocks = valuesOf(tree, 'statement');
  const statements = blocks.flat().map((block, index) => readStatement(block, index, text));
  const problems = statements.flatMap(({ index, problems }) =>
    problems.map((problem) => `statement ${index} ${problem}`),
  );
  if (blocks.length === 0) problems.unshift('it has no Statement');
  if (!versions.every((version) => VERSIONS.includes(version))) {
    problems.unshift('its Version is neither 2012-10-17 nor 2008-10-17');
  }
  // When the key is written twice, IAM may see only one of the two: a Deny in either may not be there.
  const certain = tree.entries.filter(([key]) => lettersOf(key) === 'statement').map(([key]) => key);
  const deniesCount = certain.length === 1 && certain[0] === 'Statement';
  return { statements: deniesCount ? statements : statements.map(withoutDeny), problems };
}

function valuesOf(tree: JsonObject, letters: string): JsonTree[] {
  return tree.entries.filter(([key]) => lettersOf(key) === letters).map(([, value]) => value);
}

function withoutDeny(statement: Statement): Statement {
  return { ...statement, deniesAlways: false };
}
