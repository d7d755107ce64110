import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DecisionResources } from './decide.ts';
import { decideRequests } from './decide.ts';
import type { GuardedResources } from './guarded-resources.ts';
import { readHistory } from './read-history.ts';
import { allow } from './statements.ts';

export interface SlackResources extends GuardedResources, DecisionResources {
  rule: string;
}

/** Decides for whoever clicked and may; shows requests; `doctor` looks at the parts and changes none. */
export function slackPermissions(resources: SlackResources): PolicyStatement[] {
  const { table, index, slackSecret, topic, rule } = resources;
  return [
    ...decideRequests(resources),
    readHistory(table),
    allow('ListRequests', ['dynamodb:Query'], index),
    allow('ReadSecret', ['secretsmanager:GetSecretValue'], slackSecret),
    allow('ExamineTable', ['dynamodb:DescribeTable'], table),
    allow('ExamineSubscription', ['sns:ListSubscriptionsByTopic'], topic),
    allow('ExamineRule', ['events:DescribeRule'], rule),
  ];
}
