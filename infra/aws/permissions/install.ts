import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { GuardedResources } from './guarded-resources.ts';
import { allow } from './statements.ts';

/** Keeps the bot token that Slack hands out. Knows nothing of requests. */
export function installPermissions({ slackSecret, linkSecret }: GuardedResources): PolicyStatement[] {
  return [
    allow('ReadSecrets', ['secretsmanager:GetSecretValue'], slackSecret, linkSecret),
    allow('KeepToken', ['secretsmanager:PutSecretValue'], slackSecret),
  ];
}
