import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { readAttachments, readIam, writeIam } from './iam-statements.ts';
import { allow, allowItems } from './statements.ts';

/** The only one that writes IAM. In the ledger it reads decisions and archives the versions that it has to delete. */
export function containPermissions({ table, index }: GuardedResources): PolicyStatement[] {
  return [
    ...readIam(),
    readAttachments(),
    ...writeIam(),
    allow('ReadLedger', ['dynamodb:GetItem', 'dynamodb:Query'], table),
    allow('ListRequests', ['dynamodb:Query'], index),
    // Items of policies alone: whoever restores grants cannot write the approval for it.
    allowItems('ArchiveVersions', ['dynamodb:PutItem'], table, 'policy#*'),
  ];
}
