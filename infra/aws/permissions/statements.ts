import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardResource, Permission } from '../../../workflow/functions/description.ts';
import { GUARD_ROLE_ARNS } from '../compute/guard-role.ts';

/** ARNs of what the functions may touch, as far as there is any of it when a role is made. */
export type GuardedResources = Partial<
  Record<Exclude<GuardResource, 'partition' | 'account' | 'ownRoles'>, string>
>;

/** Makes statements of a function's permissions. */
export function toStatements(
  permissions: readonly Permission[],
  resources: GuardedResources,
): PolicyStatement[] {
  const known: Readonly<Record<string, string | undefined>> = {
    ...resources,
    partition: Aws.PARTITION,
    account: Aws.ACCOUNT_ID,
    ownRoles: GUARD_ROLE_ARNS,
  };
  const fillIn = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = known[name];
      if (value === undefined) throw new Error(`A permission names ${name}, which is not there yet.`);
      return value;
    });
  return permissions.map((permission) => toStatement(permission, fillIn));
}

function toStatement(
  { sid, effect, actions, resources, items }: Permission,
  fillIn: (text: string) => string,
): PolicyStatement {
  const statement = new PolicyStatement({
    sid,
    effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
    actions: [...actions],
    resources: resources.map(fillIn),
  });
  if (items) statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': [...items] });
  return statement;
}
