import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { allow } from './statements.ts';

/** Records requests and tells people. It may not send task results: it is a task of the state machine itself. */
export function notifyPermissions(resources: GuardedResources): PolicyStatement[] {
  const { table, slackSecret, linkSecret, topic, topicKey } = resources;
  return [
    allow(
      'KeepLedger',
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      table,
    ),
    allow('ReadSecrets', ['secretsmanager:GetSecretValue'], slackSecret, linkSecret),
    allow('SendEmail', ['sns:Publish'], topic),
    allow('EncryptEmail', ['kms:Decrypt', 'kms:GenerateDataKey'], topicKey),
  ];
}
