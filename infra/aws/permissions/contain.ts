import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { readIam, writeIam } from './iam-statements.ts';
import { allow } from './statements.ts';

/** The only one that writes IAM. In the ledger it reads decisions and archives the versions that it has to delete. */
export function containPermissions({ table, index }: GuardedResources): PolicyStatement[] {
  return [
    ...readIam(),
    ...writeIam(),
    allow('ReadLedger', ['dynamodb:GetItem', 'dynamodb:Query'], table),
    allow('ListRequests', ['dynamodb:Query'], index),
    archiveVersions(table),
  ];
}

/** Only items of policies: the function that restores grants cannot write itself an approval. */
function archiveVersions(table: string): PolicyStatement {
  const statement = allow('ArchiveVersions', ['dynamodb:PutItem'], table);
  statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': ['policy#*'] });
  return statement;
}
