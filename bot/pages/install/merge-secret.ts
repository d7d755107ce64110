import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import { SecretUnusableError } from '../../../workflow/runtime/secrets/secret-reader.ts';

/**
 * Puts values into a secret that holds a JSON object; whatever else it holds stays as it is. It is read anew and not
 * from a cache, or what was stored a minute ago would be written over.
 *
 * @returns the keys that now have a value; those that nobody has filled in yet are empty texts
 * @throws SecretUnusableError when the secret holds something else; what the SDK throws
 */
export async function mergeIntoSecret(
  client: SecretsManagerClient,
  secretArn: string,
  values: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const merged: Record<string, unknown> = { ...parseObject(SecretString, secretArn), ...values };
  await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(merged) }));
  return Object.keys(merged).filter((key) => merged[key] !== '');
}

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

function parseObject(text: string, secretArn: string): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text.
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new SecretUnusableError(
    `The secret ${secretArn} holds no JSON object; look at it in the AWS console, and store {} to begin anew.`,
  );
}
