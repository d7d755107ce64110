import type { Log } from '../../../workflow/runtime/logger.ts';
import type { SecretReader } from '../../../workflow/runtime/secrets/secret-reader.ts';
import type { SlackSecret } from '../../../workflow/runtime/secrets/slack-secret.ts';

/** One value of the Slack secret: as last read, and read again (at most once a minute). */
interface SecretValue {
  current(): Promise<string | undefined>;
  refreshed(): Promise<string | undefined>;
}

/**
 * A value of the Slack secret for whoever verifies with it or calls with it. A secret that cannot be read counts as
 * not filled in: without it nothing is verified and nothing is sent, and the log says why.
 */
export function secretValue(
  secret: SecretReader<SlackSecret>,
  name: keyof SlackSecret,
  log: Log,
): SecretValue {
  const value = async (read: () => Promise<SlackSecret>) => {
    try {
      return (await read())[name];
    } catch (error) {
      log.error('The Slack secret could not be read; nothing can be verified or sent without it', { error });
      return undefined;
    }
  };
  return { current: () => value(secret.read), refreshed: () => value(secret.refresh) };
}
