import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { readIam } from './iam-statements.ts';
import { allow } from './statements.ts';

/** Reads IAM, and the ledger for earlier approvals. Writes nothing. */
export function inspectPermissions({ table }: GuardedResources): PolicyStatement[] {
  return [...readIam(), allow('ReadLedger', ['dynamodb:GetItem'], table)];
}
