import type { AwsClientConfig } from '../aws-client.ts';
import * as z from '../zod.ts';
import { createSecretReader, type SecretReader } from './secret-reader.ts';

const schema = z.object({
  /** HMAC-SHA256 is as strong as its key; 32 random characters are more than can be guessed. */
  linkSigningKey: z.string().check(z.minLength(32, 'must have at least 32 random characters')),
});

type LinkSecret = z.output<typeof schema>;

/** The key that signs decision links and the state of the Slack installation. */
export function createLinkSecretReader(
  secretArn: string,
  aws: AwsClientConfig,
  tryMs?: number,
): SecretReader<LinkSecret> {
  return createSecretReader(secretArn, aws, schema, tryMs);
}
