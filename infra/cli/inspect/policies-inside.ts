import type { JsonTree } from '../../../workflow/inspection/json-tree.ts';
import { JsonObject } from '../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../workflow/inspection/statement.ts';

/** Under these keys IAM's answers and CloudFormation templates hold policy documents. */
const KEYS: ReadonlySet<string> = new Set(['Document', 'PolicyDocument']);

/** An object that can only be meant as a policy, well or badly written. */
export function looksLikePolicy(tree: JsonTree): boolean {
  if (!(tree instanceof JsonObject)) return false;
  return tree.entries.some(
    ([key, value]) =>
      lettersOf(key) === 'statement' || (key === 'Version' && /^20(?:08-10|12-10)-17$/.test(String(value))),
  );
}

/** A statement outside of any policy. */
export function looksLikeStatement(tree: JsonTree): boolean {
  return tree instanceof JsonObject && tree.entries.some(([key]) => lettersOf(key) === 'effect');
}

/**
 * The policy documents at any depth of some other JSON, in the order in which they are written: what
 * `aws iam get-policy-version`, `get-role-policy` and `get-account-authorization-details` print, templates, and
 * lists of policies.
 *
 * @param text what the tree was read from; documents are cut out of it, so that duplicate keys stay
 */
export function policiesInside(root: JsonTree, text: string): string[] {
  const documents: string[] = [];
  const waiting: [key: string | undefined, tree: JsonTree][] = [[undefined, root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [key, tree] = next;
    const document = documentAt(key, tree, text);
    if (document !== undefined) documents.push(document);
    else waiting.push(...childrenOf(tree).reverse());
  }
  return documents;
}

function documentAt(key: string | undefined, tree: JsonTree, text: string): string | undefined {
  const isNamed = key !== undefined && KEYS.has(key);
  if (isNamed && typeof tree === 'string') return tree;
  const isDocument = looksLikePolicy(tree) && (isNamed || key === undefined);
  return isDocument && tree instanceof JsonObject ? text.slice(tree.start, tree.end) : undefined;
}

function childrenOf(tree: JsonTree): [key: string | undefined, tree: JsonTree][] {
  if (tree instanceof JsonObject) return [...tree.entries];
  return Array.isArray(tree) ? tree.map((child) => [undefined, child]) : [];
}
