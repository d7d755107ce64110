import { plain } from './action-pattern.ts';
import { compileGlob, type Glob, globCovers, globsIntersect } from './glob.ts';
import type { Statement } from './statement.ts';

/** ARNs have six fields; IAM completes one that has fewer with wildcards. */
const FIELDS = 6;
/** Region and account, which some services leave out of their ARNs. */
const OPTIONAL_FIELDS = [3, 4];

/** A policy variable such as `${aws:username}`; one without an end reaches to the end of the text. */
const VARIABLE = /\$\{[^}]*(?:\}|$)/g;

/** A pattern of ARNs, read so that it matches at least what IAM would. */
interface ResourcePattern {
  written: string;
  whole: Glob;
  /** One for each field; missing when it has fewer than an ARN. */
  fields?: Glob[];
}

/** Case does not count, and a policy variable is anything. */
function readResource(written: string): ResourcePattern {
  const text = plain(written).toLowerCase().replace(VARIABLE, '*');
  const fields = text.split(':');
  if (fields.length < FIELDS) return { written, whole: compileGlob(`${text}*`) };
  const last = fields.slice(FIELDS - 1).join(':');
  return {
    written,
    whole: compileGlob(text),
    fields: [...fields.slice(0, FIELDS - 1), last].map(compileGlob),
  };
}

/** Wildcards may reach across colons. Field by field, what one ARN leaves out may be anything in the other. */
function resourcesIntersect(a: ResourcePattern, b: ResourcePattern): boolean {
  if (globsIntersect(a.whole, b.whole)) return true;
  const others = b.fields;
  if (a.fields === undefined || others === undefined) return false;
  return a.fields.every((field, index) => {
    const other = others[index] as Glob;
    const isLeftOut = OPTIONAL_FIELDS.includes(index) && (field.text === '' || other.text === '');
    return isLeftOut || globsIntersect(field, other);
  });
}

/**
 * Whether what a statement grants reaches a resource that one of the patterns matches.
 *
 * @returns why it may, for people; undefined when it certainly does not
 */
export function meets(statement: Statement, patterns: readonly string[]): string | undefined {
  const compiled = patterns.map(readResource);
  for (const resource of statement.resources) {
    const read = readResource(resource);
    const met = compiled.find((pattern) => resourcesIntersect(pattern, read));
    if (met) return `resource ${resource} meets ${met.written}`;
  }
  if (statement.notResources.length > 0 || statement.resources.length === 0) {
    const left = patterns.find((pattern) => !isTakenOut(statement, pattern));
    return left && `${left} is not left out by NotResource`;
  }
  return undefined;
}

/** Does the statement's `NotResource` certainly take out everything that the pattern matches? Here case counts. */
function isTakenOut({ notResources, certain }: Statement, pattern: string): boolean {
  const inner = compileGlob(isWhole(pattern) ? pattern : `${pattern}*`);
  return certain && notResources.some((outer) => isWhole(outer) && globCovers(compileGlob(outer), inner));
}

/** Says to the letter what it matches: no variable, and nothing for IAM to complete. */
function isWhole(resource: string): boolean {
  return resource === '*' || (!resource.includes('$') && resource.split(':').length >= FIELDS);
}

/** The type of a resource, which names none; a load balancer's has two parts. */
const TYPE = /^\/?[a-z0-9-]+[/:](?:(?:app|net|gwy)\/)?/i;
/** Services whose ARNs begin with the name. */
const WITHOUT_TYPES = ['sns', 'sqs'];

/**
 * Is a resource, as written, not limited to named ones? Named is what says at least a letter or digit of the name,
 * after the type: `arn:aws:s3:::logs-*` and `arn:aws:iam::*:role/app-*` are, `*`, `arn:aws:s3:::*`,
 * `arn:aws:iam::123456789012:role/*` and `arn:aws:iam::*:rol*` are not. Stricter than Cloudsplaining and IAM Access
 * Analyzer, who only see `*` (https://cloudsplaining.readthedocs.io/,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html).
 */
export function isBroad(resource: string): boolean {
  const [arn, , service = '', region, account, ...rest] = resource.replace(VARIABLE, '*').split(':');
  if (arn !== 'arn' || rest.length === 0) return true;
  const named = rest.join(':');
  const isBucket = service === 's3' && region === '' && account === '';
  if (isBucket || WITHOUT_TYPES.includes(service)) return !saysName(named);
  // A wildcard where the type stands may be the whole of any name.
  return TYPE.test(named) ? !saysName(named.replace(TYPE, '')) : /[*?]/.test(named) || !saysName(named);
}

function saysName(text: string): boolean {
  return /[a-z0-9]/i.test(text.split(/[/:]/, 1)[0] ?? '');
}

/** @returns what makes the statement broad, for people; undefined when all its resources are named */
export function broadness(statement: Statement): string | undefined {
  if (statement.notResources.length > 0) return 'NotResource names no resource';
  if (statement.resources.length === 0) return 'no Resource is named';
  const broad = statement.resources.find(isBroad);
  return broad === undefined ? undefined : `resource ${broad} is not limited to named resources`;
}
