import { isObject } from '../../../../../workflow/runtime/is-object.ts';
import { malformedPolicy } from '../errors.ts';
import { hasDuplicateKeys } from './duplicate-keys.ts';

export type Statement = Record<string, unknown>;

interface ParsedPolicy {
  version: unknown;
  statements: Statement[];
}

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2008-10-17', '2012-10-17'];
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const CONDITION_OPERATORS = new Set([
  ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ...['StringLike', 'StringNotLike', 'NumericEquals', 'NumericNotEquals', 'NumericLessThan'],
  ...[
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
    'DateEquals',
    'DateNotEquals',
  ],
  ...[
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
    'Bool',
    'BinaryEquals',
  ],
  ...['IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike', 'Null'],
]);

/**
 * Reads a policy document and refuses what the grammar of the policy language does not allow, wherever the policy is
 * used.
 *
 * @param invalidJson the message for text that is no JSON at all
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws AwsError `MalformedPolicyDocument`
 */
export function parsePolicy(document: string, invalidJson = 'Syntax errors in policy.'): ParsedPolicy {
  const policy = parseJson(document, invalidJson);
  if (!isObject(policy) || hasDuplicateKeys(document)) throw syntaxError();
  if (Object.keys(policy).some((key) => !POLICY_ELEMENTS.includes(key))) throw syntaxError();
  const { Version: version, Id: id, Statement: statement } = policy;
  if (version !== undefined && !VERSIONS.includes(String(version))) throw syntaxError();
  if (id !== undefined && typeof id !== 'string') throw syntaxError();
  const statements = Array.isArray(statement) ? statement : [statement];
  if (statements.length === 0 || !statements.every(isStatement)) throw syntaxError();
  requireSids(statements);
  return { version, statements };
}

/** One text or a list of texts, as a list. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]) as string[];
}

function parseJson(document: string, invalidJson: string): unknown {
  if (/^\s/.test(document)) throw malformedPolicy('JSON strings must not have leading spaces');
  try {
    return JSON.parse(document);
  } catch (cause) {
    throw Object.assign(malformedPolicy(invalidJson), { cause });
  }
}

function isStatement(value: unknown): value is Statement {
  if (!isObject(value)) return false;
  const has = (key: string) => value[key] !== undefined;
  return (
    Object.keys(value).every((key) => STATEMENT_ELEMENTS.includes(key)) &&
    (value.Effect === 'Allow' || value.Effect === 'Deny') &&
    !(has('Action') && has('NotAction')) &&
    !(has('Resource') && has('NotResource')) &&
    !(has('Principal') && has('NotPrincipal')) &&
    ['Action', 'NotAction', 'Resource', 'NotResource'].every((key) => !has(key) || isTexts(value[key])) &&
    (!has('Sid') || typeof value.Sid === 'string') &&
    (!has('Condition') || isCondition(value.Condition))
  );
}

function isCondition(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(([name, map]) => isOperator(name, map) && isConditionMap(map))
  );
}

/** IAM minds an operator that it does not know only where it is given something to compare. */
function isOperator(name: string, map: unknown): boolean {
  const bare = name.replace(/^(ForAnyValue|ForAllValues):/, '').replace(/IfExists$/, '');
  return CONDITION_OPERATORS.has(bare) || (isObject(map) && Object.keys(map).length === 0);
}

function isConditionMap(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value)
      .flat()
      .every((member) => ['string', 'number', 'boolean'].includes(typeof member))
  );
}

function isTexts(value: unknown): boolean {
  return texts(value).every((member) => typeof member === 'string');
}

function requireSids(statements: Statement[]): void {
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined && sid !== '');
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(String(sid)))) {
    throw malformedPolicy(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    );
  }
  if (new Set(sids).size < sids.length) {
    throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  }
}

function syntaxError() {
  return malformedPolicy('Syntax errors in policy.');
}
