import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../../workflow/inspection/statement.ts';
import { functionIn } from './intrinsics.ts';
import type { Piece } from './piece.ts';
import { type About, documentPart } from './prepare.ts';
import type { DocumentPart, Reader } from './reader.ts';
import { field, objectOf, parsedText, textField } from './tree.ts';
import { partsBeside } from './values-inside.ts';

/**
 * An object that can only be meant as a policy. By itself it may be badly written; under the key of something else it
 * has to have the form of one.
 */
function looksLikePolicy(tree: JsonTree, key: string | undefined): boolean {
  if (!(tree instanceof JsonObject)) return false;
  return tree.entries.some(([name, value]) => {
    if (name === 'Version' && /^20(?:08-10|12-10)-17$/.test(String(value))) return true;
    return lettersOf(name) === 'statement' && (key === undefined || typeof value === 'object');
  });
}

/** A statement outside of any policy. */
function looksLikeStatement(tree: JsonTree): boolean {
  if (!(tree instanceof JsonObject)) return false;
  const effect = tree.entries.find(([key]) => lettersOf(key) === 'effect')?.[1];
  const says = tree.entries.some(([key]) => /^(?:not)?(?:action|resource)$/.test(lettersOf(key)));
  return effect !== undefined && (says || effect === 'Allow' || effect === 'Deny');
}

/**
 * Whether the document can only be one of a resource: IAM refuses a Principal in a policy of a user, group or role.
 * Where it speaks of every resource, it is doubted: policies of resources other than keys name what they belong to.
 */
function belongsToResource(tree: JsonTree): boolean {
  const statements = statementsOf(tree);
  return statements.length > 0 && statements.every(namesPrincipal);
}

function statementsOf(tree: JsonTree): JsonTree[] {
  if (!(tree instanceof JsonObject)) return [];
  return tree.entries.filter(([key]) => key === 'Statement').flatMap(([, value]) => value);
}

function hasPrincipal(statement: JsonTree): boolean {
  return (field(statement, 'Principal') ?? field(statement, 'NotPrincipal')) !== undefined;
}

function namesPrincipal(statement: JsonTree): boolean {
  if (!hasPrincipal(statement)) return false;
  const actions = [field(statement, 'Action') ?? []].flat();
  const isOfKey = actions.length > 0 && actions.every((action) => /^kms:/i.test(String(action)));
  const isOfRole = actions.every((action) => /^sts:(?:Assume|TagSession|SetSource)/i.test(String(action)));
  const resources = [field(statement, 'Resource') ?? '*'].flat();
  return isOfKey || isOfRole || resources.every((resource) => resource !== '*');
}

/** Trust policies and limits: they grant nothing to whoever has them. */
const NO_GRANT = /^(?:(?:assumerole|trust|servicecontrol|session)policy(?:document)?|permissionsboundary)$/;

/** What services call the policies of their resources; others call policies of users and roles so too. */
const OF_RESOURCE =
  /^(?:bucket|key|queue|topic|resource|resourcebased|repository|registry|vault|endpoint|access|secret|layer|function|filesystem)policy(?:document|text)?$/;

/** Whether what stands under this key is a policy that the guard does not watch. */
function isUnwatched(value: JsonTree, key: string | undefined): boolean {
  if (key === undefined) return false;
  const letters = lettersOf(key);
  if (NO_GRANT.test(letters)) return typeof value === 'string' || looksLikePolicy(value, key);
  if (!OF_RESOURCE.test(letters)) return false;
  const tree = typeof value === 'string' ? parsedText(value) : value;
  return tree !== undefined && statementsOf(tree).length > 0 && statementsOf(tree).every(hasPrincipal);
}

const unwatched: Reader = {
  name: 'a policy of a resource, or of who may assume a role',
  recognises: isUnwatched,
  *reads(_value, _piece, key) {
    yield { type: 'left-out', as: 'not-watched', ...(key !== undefined && { name: key }) };
  },
};

const document: Reader = {
  name: 'a policy document',
  recognises: looksLikePolicy,
  *reads(value, piece) {
    if (belongsToResource(value))
      yield { type: 'left-out', as: 'not-watched', name: 'policies with a Principal' };
    else yield usesFunctions(value) ? verbatim(value, piece) : documentPart(value, piece);
  },
};

/** Outside of templates there are no functions: IAM would not take the document. */
function usesFunctions(tree: JsonTree): boolean {
  const elements = statementsOf(tree).flatMap((each) => (each instanceof JsonObject ? each.entries : []));
  return elements.some(([, value]) => [value].flat().some((each) => functionIn(each) !== undefined));
}

function verbatim(value: JsonTree, piece: Piece): DocumentPart {
  return { type: 'document', text: piece.textOf(value), at: piece.at(value) };
}

/** By itself it is no policy, which inspection says of it; under the key of something else it is part of one. */
const statement: Reader = {
  name: 'a statement',
  recognises: looksLikeStatement,
  *reads(value, piece, key) {
    if (key === undefined) yield verbatim(value, piece);
    else yield { ...documentPart(objectOf({ Statement: value }), piece), at: piece.at(value) };
  },
};

/** Also what the Serverless Framework keeps under `iam.role.statements`. */
const statements: Reader = {
  name: 'a list of statements',
  recognises: (value) =>
    Array.isArray(value) &&
    value.some(looksLikeStatement) &&
    value.every((each) => looksLikeStatement(each) || functionIn(each) !== undefined),
  *reads(value, piece, key) {
    const at = piece.at(Array.isArray(value) ? value[0] : undefined);
    if (key === undefined) yield { ...verbatim(value, piece), at };
    else yield { ...documentPart(objectOf({ Statement: value }), piece), at };
  },
};

/** What `get-policy-version`, `get-role-policy` and their like print, and whatever else stands beside. */
const answer: Reader = {
  name: 'a policy as the AWS CLI prints it',
  recognises: (value) => DOCUMENT_KEYS.some((key) => isDocumentValue(field(value, key))),
  *reads(value, piece) {
    for (const key of DOCUMENT_KEYS) {
      const found = field(value, key);
      if (found === undefined || !isDocumentValue(found)) continue;
      if (belongsToResource(found)) {
        yield { type: 'left-out', as: 'not-watched', name: 'policies with a Principal' };
      } else yield documentPart(found, piece, { ...nameOf(value), within: value });
    }
    yield* partsBeside(value, piece, DOCUMENT_KEYS);
  },
};

const DOCUMENT_KEYS = ['PolicyDocument', 'Document'];

/** `Document` is the name of many things; what it holds has to look like a policy. */
function isDocumentValue(value: JsonTree | undefined): boolean {
  if (typeof value === 'string') return /^\s*(?:\{|%7B)/i.test(value);
  return value !== undefined && looksLikePolicy(value, 'PolicyDocument');
}

function nameOf(value: JsonTree): About {
  const policy = textField(value, 'PolicyName');
  const owners = (['Role', 'User', 'Group'] as const).flatMap((kind) => {
    const name = textField(value, `${kind}Name`);
    return name === undefined ? [] : [`${kind.toLowerCase()} ${name}`];
  });
  return { ...(policy !== undefined && { policy }), ...(owners.length > 0 && { owners }) };
}

/** Policies wherever they stand by themselves, and under the keys of the AWS CLI. */
export const documentReaders: readonly Reader[] = [unwatched, document, answer, statements, statement];
