import type { GuardResource, Permission } from '../../workflow/functions/description.ts';

/** ARNs of what the functions may touch, as far as there is any of it when a policy is made. */
export interface RoleResources extends Partial<Record<Exclude<GuardResource, 'ownRoles'>, string>> {
  partition: string;
  account: string;
  /** Known once every role is there. */
  ownRoles?: readonly string[];
  /** The function whose permissions these are; known once it is there. */
  self?: string;
}

/** A statement of a role's policy, as IAM takes it. */
interface RoleStatement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * What a function's permissions are in the language of IAM, on AWS and in the sandbox.
 *
 * @throws when a permission names what is not among the resources
 */
export function roleStatements(
  permissions: readonly Permission[],
  resources: RoleResources,
): RoleStatement[] {
  return permissions.map((permission) => {
    const condition = conditionOf(permission, resources);
    return {
      Sid: permission.sid,
      Effect: permission.effect ?? 'Allow',
      Action: [...permission.actions],
      Resource: permission.resources.flatMap((resource) => fillIn(resource, resources)),
      ...(condition === undefined ? {} : { Condition: condition }),
    };
  });
}

function fillIn(resource: string, resources: RoleResources): string[] {
  if (resource === '{ownRoles}') return [...there('ownRoles', resources.ownRoles)];
  const known: Readonly<Record<string, unknown>> = { ...resources };
  return [resource.replace(/\{(\w+)\}/g, (_, name: string) => String(there(name, known[name])))];
}

function conditionOf({ items, bySelf }: Permission, { self }: RoleResources): RoleStatement['Condition'] {
  const condition = {
    ...(items === undefined ? {} : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...items] } }),
    ...(bySelf === undefined ? {} : { ArnEquals: { 'lambda:SourceFunctionArn': there('self', self) } }),
  };
  return Object.keys(condition).length === 0 ? undefined : condition;
}

function there<Value>(name: string, value: Value | undefined): Value {
  if (value === undefined) throw new Error(`A permission names ${name}, which is not there yet.`);
  return value;
}
