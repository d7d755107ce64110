import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsClientConfig } from '../../workflow/lambda/aws-client.ts';

/** Puts the bot token into the Slack secret; whatever else the secret holds stays as it is. */
export function createTokenStore(
  secretArn: string,
  aws: AwsClientConfig,
): (botToken: string) => Promise<void> {
  const client = new SecretsManagerClient({ ...aws, maxAttempts: 3 });
  return async (botToken) => {
    // Read anew and not from a cache: credentials that were stored a minute ago must not be written over.
    const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const secret = { ...(JSON.parse(SecretString) as object), botToken };
    await client.send(
      new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(secret) }),
    );
  };
}
