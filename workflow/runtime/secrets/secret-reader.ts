import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsClientConfig } from '../aws-client.ts';
import type * as z from '../zod.ts';

/** The secret could not be read, or holds something else than it should. The message never holds a value. */
export class SecretUnusableError extends Error {
  override name = 'SecretUnusableError';
}

export interface SecretReader<Secret> {
  /** From the cache while it is at most five minutes old. @throws SecretUnusableError */
  read(): Promise<Secret>;
  /**
   * For a value that turned out wrong: read anew, but at most once a minute, because anybody can send a wrong
   * signature; in between the same as `read`. @throws SecretUnusableError
   */
  refresh(): Promise<Secret>;
}

const CACHE_SECONDS = 300;
const REFRESH_MS = 60_000;

/** Slack waits 3 seconds for an answer, and a cold start needs its part of them. */
export const SECRET_TRY_MS = 1_000;

/**
 * @param schema what the secret's JSON has to look like
 * @param tryMs the longest that one of two tries may take, in milliseconds
 */
export function createSecretReader<Secret>(
  secretArn: string,
  aws: AwsClientConfig,
  schema: z.ZodMiniType<Secret>,
  tryMs = SECRET_TRY_MS,
): SecretReader<Secret> {
  const provider = new SecretsProvider({
    awsSdkV3Client: new SecretsManagerClient({
      ...aws,
      maxAttempts: 2,
      requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
    }),
  });
  let refreshedAt = Number.NEGATIVE_INFINITY;

  async function read(forceFetch: boolean): Promise<Secret> {
    let text: unknown;
    try {
      text = await provider.get(secretArn, { maxAge: CACHE_SECONDS, forceFetch });
    } catch (cause) {
      throw new SecretUnusableError(
        `The secret ${secretArn} could not be read; check that it exists and that the function may read it.`,
        { cause },
      );
    }
    return parse(text, secretArn, schema);
  }

  return {
    read: () => read(false),
    refresh: () => {
      const due = Date.now() - refreshedAt >= REFRESH_MS;
      if (due) refreshedAt = Date.now();
      return read(due);
    },
  };
}

function parse<Secret>(text: unknown, secretArn: string, schema: z.ZodMiniType<Secret>): Secret {
  let json: unknown;
  try {
    json = JSON.parse(String(text));
  } catch {
    // No cause: the parser's message quotes the text.
    throw new SecretUnusableError(`The secret ${secretArn} is not JSON; store it anew.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new SecretUnusableError(`The secret ${secretArn} is not usable. ${problems.join('; ')}.`);
}
