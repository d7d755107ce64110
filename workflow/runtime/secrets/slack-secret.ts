import type { AwsClientConfig } from '../aws-client.ts';
import * as z from '../zod.ts';
import { createSecretReader, type SecretReader, SecretUnusableError } from './secret-reader.ts';

/** An empty value is one that has not been filled in yet. */
const credential = z.optional(
  z.pipe(
    z.string().check(z.trim()),
    z.transform((value) => (value === '' ? undefined : value)),
  ),
);

const schema = z.object({
  signingSecret: credential,
  clientId: credential,
  clientSecret: credential,
  botToken: credential,
});

/** What Slack gave the app; the bot token is there once the app is installed. */
export type SlackSecret = z.output<typeof schema>;

export function createSlackSecretReader(
  secretArn: string,
  aws: AwsClientConfig,
  tryMs?: number,
): SecretReader<SlackSecret> {
  return createSecretReader(secretArn, aws, schema, tryMs);
}

const HOW_TO_FILL: Readonly<Record<keyof SlackSecret, string>> = {
  signingSecret: 'run npm run slack:credentials',
  clientId: 'run npm run slack:credentials',
  clientSecret: 'run npm run slack:credentials',
  botToken: 'open the install link and add the app to the workspace, or run npm run slack:credentials',
};

/** @throws SecretUnusableError saying how to fill it in, when it is missing */
export function requireSlackCredential(secret: SlackSecret, name: keyof SlackSecret): string {
  const value = secret[name];
  if (value !== undefined) return value;
  throw new SecretUnusableError(`The Slack secret holds no ${name} yet: ${HOW_TO_FILL[name]}.`);
}
