import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, allowItems } from './statements.ts';

export interface DecisionResources {
  table: string;
  stateMachine: string;
}

/** What a decision takes, from Slack or from an e-mail: the ledger first, then the state machine is told. */
export function decideRequests({ table, stateMachine }: DecisionResources): PolicyStatement[] {
  return [
    allow('ReadRequest', ['dynamodb:GetItem'], table),
    allowItems('WriteDecision', ['dynamodb:UpdateItem'], table, 'request#*'),
    allowItems('WriteAudit', ['dynamodb:PutItem'], table, 'request#*', 'audit#*'),
    allow('DeliverDecision', ['states:SendTaskSuccess', 'states:SendTaskFailure'], stateMachine),
  ];
}
