import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { readHistory } from './read-history.ts';
import { allow } from './statements.ts';

/** Records requests and tells people. It may not send task results: it is a task of the state machine itself. */
export function notifyPermissions(resources: GuardedResources): PolicyStatement[] {
  const { table, index, slackSecret, linkSecret, topic, topicKey } = resources;
  return [
    allow(
      'KeepLedger',
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      table,
    ),
    readHistory(table),
    allow('ListRequests', ['dynamodb:Query'], index),
    allow('ReadSecrets', ['secretsmanager:GetSecretValue'], slackSecret, linkSecret),
    allow('SendEmail', ['sns:Publish'], topic),
    allow('EncryptEmail', ['kms:Decrypt', 'kms:GenerateDataKey'], topicKey),
  ];
}
