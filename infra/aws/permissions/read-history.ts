import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allowItems } from './statements.ts';

/** What was asked before about the same target or for the same requester. */
export function readHistory(table: string): PolicyStatement {
  return allowItems('ReadHistory', ['dynamodb:Query'], table, 'history#*');
}
