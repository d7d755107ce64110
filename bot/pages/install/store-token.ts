import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import { mergeIntoSecret } from './merge-secret.ts';

/** Puts the bot token into the Slack secret. @throws what `mergeIntoSecret` throws */
export function createTokenStore(
  secretArn: string,
  aws: AwsClientConfig,
): (botToken: string) => Promise<void> {
  const client = new SecretsManagerClient({ ...aws, maxAttempts: 3 });
  return async (botToken) => {
    await mergeIntoSecret(client, secretArn, { botToken });
  };
}
