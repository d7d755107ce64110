import { type DenyStatement, readDenyStatements } from '../inspection/deny-statements.ts';
import { withoutSpace } from '../inspection/without-space.ts';

/** `none:null` is no action. A `Deny *` would cut off every principal that the policy is attached to. */
const MARKER = {
  sid: 'QuarantinedByPolicyGuard',
  text: '{"Sid":"QuarantinedByPolicyGuard","Effect":"Deny","Action":"none:null","Resource":"*"}',
};

/** The placeholder of a document that denies nothing: it grants nothing and takes nothing away. */
export const PLACEHOLDER = policyOf([MARKER]);

/** Its SHA-256, hex: written down, so that who only compares needs no cryptography, such as a page in a browser. */
export const PLACEHOLDER_SHA256 = 'f253c4b06bbb8a3851187edab9bbd696b2e439cc41750cdbccba85f531ef2014';

/** What may stand in a grant's place: it grants nothing and takes away what the documents took away. */
interface Placeholder {
  text: string;
  /** The Denies that are not in it, each as a phrase for people; not yet escaped. */
  leftOut: string[];
}

/**
 * Makes the placeholder: the documents' own Deny statements, verbatim, and the marker. Pure, so that a placeholder
 * is recognised by making it again; its Sid proves nothing.
 *
 * @param documents the reviewed one last; before it what was in force before, where that is known
 */
export function placeholderOf(...documents: readonly string[]): Placeholder {
  const { denies, leftOut } = together(documents);
  const marked = denies.some(({ sid }) => sid === MARKER.sid) ? denies : [...denies, MARKER];
  return { text: policyOf(marked), leftOut };
}

/** The placeholder, and what may stand in its place where it has no room: each needs less of it. */
export function rungsOf(placeholder: string): string[] {
  const denies = readDenyStatements(placeholder).denies.filter(({ text }) => text !== MARKER.text);
  return denies.length === 0 ? [placeholder] : [...new Set([placeholder, policyOf(denies), PLACEHOLDER])];
}

/** A policy that only takes away what the documents take away; without text when that is nothing. */
export function deniesOf(...documents: readonly string[]): { text?: string; leftOut: string[] } {
  const { denies, leftOut } = together(documents);
  const own = denies.filter(({ text }) => text !== MARKER.text);
  return { ...(own.length > 0 && { text: policyOf(own) }), leftOut };
}

/** Whether a text is a placeholder of this document, with all or with some of what it denies. */
export function isPlaceholderOf(text: string, document: string): boolean {
  return rungsOf(placeholderOf(document).text).some((rung) => sameText(rung, text));
}

/** As text, not as JSON: with a duplicate key, a document could look like another one and grant more. */
export function sameText(one: string, other: string): boolean {
  return one === other || withoutSpace(one) === withoutSpace(other);
}

/** Whether everything that the second document takes away is taken away by the first too, in the same words. */
export function keepsDenies(document: string, other: string): boolean {
  const kept = new Set(readDenyStatements(document).denies.map(({ text }) => withoutSpace(text)));
  const { denies, leftOut } = readDenyStatements(other);
  return leftOut.length === 0 && denies.every(({ text }) => kept.has(withoutSpace(text)));
}

/** The same Deny counts once; of two that share a Sid, which IAM refuses, the earlier. */
function together(documents: readonly string[]): { denies: DenyStatement[]; leftOut: string[] } {
  const denies: DenyStatement[] = [];
  const leftOut: string[] = [];
  for (const read of documents.map(readDenyStatements)) {
    leftOut.push(...read.leftOut);
    for (const deny of read.denies) {
      if (denies.some(({ text }) => withoutSpace(text) === withoutSpace(deny.text))) continue;
      const sameSid = deny.sid !== undefined && denies.some(({ sid }) => sid === deny.sid);
      if (sameSid) leftOut.push(`Deny ${deny.sid}: another one has this Sid`);
      else denies.push(deny);
    }
  }
  return { denies: denies.map(fitted(denies)), leftOut: [...new Set(leftOut)] };
}

/** No quota of IAM leaves room for more, white space aside; documents may be padded with ten times as much. */
const LONGEST_VERBATIM = 12_000;

/** White space that only fills a document up is left out, so that nothing is too large to be kept. */
function fitted(denies: readonly DenyStatement[]): (deny: DenyStatement) => DenyStatement {
  const length = denies.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= LONGEST_VERBATIM) return (deny) => deny;
  return (deny) => ({ ...deny, text: withoutSpace(deny.text) });
}

function policyOf(statements: readonly DenyStatement[]): string {
  return `{"Version":"2012-10-17","Statement":[${statements.map(({ text }) => text).join(',')}]}`;
}
