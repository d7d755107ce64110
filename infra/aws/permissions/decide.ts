import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './statements.ts';

export interface DecisionResources {
  table: string;
  stateMachine: string;
}

/** What a decision takes, from Slack or from an e-mail: the ledger first, then the state machine is told. */
export function decideRequests({ table, stateMachine }: DecisionResources): PolicyStatement[] {
  return [
    allow('WriteDecision', ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'], table),
    allow('DeliverDecision', ['states:SendTaskSuccess', 'states:SendTaskFailure'], stateMachine),
  ];
}
