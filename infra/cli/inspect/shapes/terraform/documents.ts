import { JsonObject, type JsonTree } from '../../../../../workflow/inspection/json-tree.ts';
import { objectOf } from '../tree.ts';
import { type Block, block, list } from './block.ts';

/** What a data source `aws_iam_policy_document` says. */
interface TerraformDocument {
  /** Missing when nothing of it is known before apply. */
  statements?: JsonTree[];
  /** The arguments that name other documents, known only after apply. */
  unknownSources: string[];
  /** It names principals, so it belongs to a resource or says who may assume a role. */
  isOfResource: boolean;
}

/** Stands for what is known only after apply, as `${…}` does for what a template decides. */
const UNKNOWN = `\${known after apply}`;

/** Documents that a document is put together from, as JSON text. */
const SOURCES = ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json'];

/**
 * Puts the document together as the provider will, as far as its parts are known.
 * Source: Terraform Registry, AWS provider, "Data Source: aws_iam_policy_document".
 *
 * @param unknown `true` in the place of each value that is known only after apply
 */
export function documentOf(values: Block, unknown: Block): TerraformDocument {
  const blocks = list(values.statement);
  const isOfResource = blocks.length > 0 && blocks.every((each) => hasPrincipals(each));
  if (typeof values.json === 'string') {
    return { statements: statementsIn(values.json), unknownSources: [], isOfResource };
  }
  const unknownSources = SOURCES.filter((name) => isUnknown(unknown[name]));
  if (unknown.statement === true) return { unknownSources, isOfResource: false };
  const unknowns = Array.isArray(unknown.statement) ? unknown.statement : [];
  const own = blocks.map((each, index) => statementOf(each, block(unknowns[index])));
  const others = SOURCES.flatMap((name) => sourcesIn(values[name]));
  return { statements: [...own, ...others], unknownSources, isOfResource };
}

function statementsIn(json: string): JsonTree[] {
  return [block(parse(json)).Statement ?? []].flat().map(asTree);
}

/** A statement that another document replaces may not be there, so what it denies does not count. */
function sourcesIn(value: unknown): JsonTree[] {
  return [value ?? []]
    .flat()
    .flatMap((text) => (typeof text === 'string' && text !== '' ? statementsIn(text) : []))
    .filter((statement) => !isDeny(statement));
}

function isDeny(statement: JsonTree): boolean {
  return statement instanceof JsonObject && statement.entries.some(([, value]) => value === 'Deny');
}

function statementOf(values: Block, unknown: Block): JsonTree {
  return objectOf({
    Sid: text(values.sid),
    Effect: isUnknown(unknown.effect) ? UNKNOWN : (text(values.effect) ?? 'Allow'),
    Action: texts(values.actions, unknown.actions),
    NotAction: texts(values.not_actions, unknown.not_actions),
    Resource: texts(values.resources, unknown.resources),
    NotResource: texts(values.not_resources, unknown.not_resources),
    Principal: hasPrincipals(values) ? '*' : undefined,
    Condition: conditionOf(values.condition, unknown.condition),
  });
}

function isUnknown(value: unknown): boolean {
  return value === true || (Array.isArray(value) && value.some(isUnknown));
}

function texts(value: unknown, unknown: unknown): JsonTree | undefined {
  const known = Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : UNKNOWN)) : [];
  if (isUnknown(unknown) && !known.includes(UNKNOWN)) known.push(UNKNOWN);
  return known.length > 0 ? known : undefined;
}

function conditionOf(value: unknown, unknown: unknown): JsonTree | undefined {
  const conditions = list(value).map(({ test, variable, values }) =>
    objectOf({ [String(test)]: objectOf({ [String(variable)]: asTree(values ?? UNKNOWN) }) }),
  );
  if (conditions.length === 0) return isUnknown(unknown) ? objectOf({ [UNKNOWN]: UNKNOWN }) : undefined;
  return objectOf(Object.fromEntries(conditions.flatMap(({ entries }) => entries)));
}

function hasPrincipals({ principals, not_principals: others }: Block): boolean {
  return [principals, others].some((value) => Array.isArray(value) && value.length > 0);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asTree(value: unknown): JsonTree {
  if (Array.isArray(value)) return value.map(asTree);
  if (typeof value !== 'object' || value === null) return (value ?? null) as JsonTree;
  return objectOf(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTree(inner)])));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
