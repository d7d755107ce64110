import type { JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { JsonObject } from '../../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../../workflow/inspection/statement.ts';
import { functionIn } from './intrinsics.ts';
import type { About } from './prepare.ts';
import { documentPart } from './prepare.ts';
import type { Reader } from './reader.ts';
import { field, objectOf, textField } from './tree.ts';

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
  if (!(tree instanceof JsonObject)) return false;
  const statements = tree.entries.filter(([key]) => key === 'Statement').flatMap(([, value]) => value);
  return statements.length > 0 && statements.every(namesPrincipal);
}

function namesPrincipal(statement: JsonTree): boolean {
  if ((field(statement, 'Principal') ?? field(statement, 'NotPrincipal')) === undefined) return false;
  const actions = [field(statement, 'Action') ?? []].flat();
  const isOfKey = actions.length > 0 && actions.every((action) => /^kms:/i.test(String(action)));
  const isOfRole = actions.every((action) => /^sts:(?:Assume|TagSession|SetSource)/i.test(String(action)));
  const resources = [field(statement, 'Resource') ?? '*'].flat();
  return isOfKey || isOfRole || resources.every((resource) => resource !== '*');
}

/** Policies of resources, trust policies, and limits: none of them grants anything to a user, group or role. */
const NOT_WATCHED =
  /^(?:assumerole|trust|bucket|key|queue|topic|resource|resourcebased|repository|registry|vault|endpoint|access|secret|layer|function|filesystem|servicecontrol|session|boundary)policy(?:document|text)?$|^permissionsboundary$/;

/** Whether what stands under this key is a policy that the guard does not watch. */
export function isUnwatchedKey(key: string | undefined): boolean {
  return key !== undefined && NOT_WATCHED.test(lettersOf(key));
}

const unwatched: Reader = {
  name: 'a policy of a resource, or of who may assume a role',
  recognises: (value, key) =>
    isUnwatchedKey(key) && (typeof value === 'string' || looksLikePolicy(value, key)),
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
    else yield documentPart(value, piece);
  },
};

const statement: Reader = {
  name: 'a statement',
  recognises: looksLikeStatement,
  *reads(value, piece) {
    yield { ...documentPart(objectOf({ Statement: value }), piece), at: piece.at(value) };
  },
};

/** Also what the Serverless Framework keeps under `iam.role.statements`. */
const statements: Reader = {
  name: 'a list of statements',
  recognises: (value) =>
    Array.isArray(value) &&
    value.some(looksLikeStatement) &&
    value.every((each) => looksLikeStatement(each) || functionIn(each) !== undefined),
  *reads(value, piece) {
    const first = Array.isArray(value) ? value[0] : undefined;
    yield { ...documentPart(objectOf({ Statement: value }), piece), at: piece.at(first) };
  },
};

/** What `get-policy-version`, `get-role-policy` and their like print. */
const answer: Reader = {
  name: 'a policy as the AWS CLI prints it',
  recognises: (value) =>
    [field(value, 'PolicyDocument'), field(value, 'Document')].some((each) => isDocumentValue(each)),
  *reads(value, piece) {
    const found = field(value, 'PolicyDocument') ?? field(value, 'Document') ?? null;
    const isVersion = typeof found === 'object' && belongsToResource(found);
    if (isVersion) yield { type: 'left-out', as: 'not-watched', name: 'policies with a Principal' };
    else yield documentPart(found, piece, { ...nameOf(value), within: value });
  },
};

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
