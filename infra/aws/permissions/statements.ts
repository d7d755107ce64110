import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardResource, Permission } from '../../../workflow/functions/description.ts';

/** ARNs of what the functions may touch, as far as there is any of it when a policy is made. */
export interface GuardedResources
  extends Partial<Record<Exclude<GuardResource, 'partition' | 'account' | 'ownRoles'>, string>> {
  /** Known once every role is there. */
  ownRoles?: readonly string[];
  /** The function whose permissions these are; known once it is there. */
  self?: string;
}

/**
 * Makes statements of a function's permissions.
 *
 * @throws when a permission names what is not among the resources
 */
export function toStatements(
  permissions: readonly Permission[],
  { ownRoles, self, ...resources }: GuardedResources,
): PolicyStatement[] {
  const known: Readonly<Record<string, string | undefined>> = {
    ...resources,
    partition: Aws.PARTITION,
    account: Aws.ACCOUNT_ID,
  };
  const fillIn = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = known[name];
      return value ?? missing(name);
    });
  const resolve = (resource: string) =>
    resource === '{ownRoles}' ? (ownRoles ?? missing('ownRoles')) : [fillIn(resource)];
  return permissions.map((permission) => toStatement(permission, resolve, () => self ?? missing('self')));
}

function missing(name: string): never {
  throw new Error(`A permission names ${name}, which is not there yet.`);
}

function toStatement(
  { sid, effect, actions, resources, items, bySelf }: Permission,
  resolve: (resource: string) => readonly string[],
  self: () => string,
): PolicyStatement {
  const statement = new PolicyStatement({
    sid,
    effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
    actions: [...actions],
    resources: resources.flatMap(resolve),
  });
  if (items) statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': [...items] });
  if (bySelf) statement.addCondition('ArnEquals', { 'lambda:SourceFunctionArn': self() });
  return statement;
}
