import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Permission } from '../../../workflow/functions/description.ts';
import { type RoleResources, roleStatements } from '../../functions/role-statements.ts';

/** What the functions may touch; AWS fills in where. */
export type GuardedResources = Omit<RoleResources, 'partition' | 'account'>;

/**
 * Makes statements of a function's permissions.
 *
 * @throws when a permission names what is not among the resources
 */
export function toStatements(
  permissions: readonly Permission[],
  resources: GuardedResources,
): PolicyStatement[] {
  const everywhere = { ...resources, partition: Aws.PARTITION, account: Aws.ACCOUNT_ID };
  return roleStatements(permissions, everywhere).map((statement) => PolicyStatement.fromJson(statement));
}
