import type { SentEmail } from '../../media/email/email.ts';
import { isRateLimited } from '../../media/slack/api/slack-error.ts';
import type { NotifyDeps } from './deps.ts';
import { nobodyHeard, SlackRateLimitedError } from './errors.ts';

/** `MaxAttempts` of PolicyGuard.SlackRateLimited in the state machine: afterwards nobody would try again. */
export const RATE_LIMIT_TRIES = 50;

interface Telling<T> {
  /** What it is about, for the log; undefined where there is none. */
  requestId: string | undefined;
  /** How often the state machine has tried this step before. */
  retryCount: number;
  /** May throw SlackRateLimitedError by itself, when it is not Slack that has to be waited for. */
  slack: () => Promise<T>;
  /** Only called when Slack did not take it. */
  email: () => Promise<SentEmail>;
}

export type Told<T> = { by: 'slack'; result: T } | { by: 'email'; result: SentEmail };

/**
 * Tells people in Slack or, failing that for whatever reason, by e-mail.
 *
 * @throws SlackRateLimitedError while Slack only asks to wait and there are tries left
 * @throws NotDeliveredError when neither took it
 */
export async function slackFirst<T>(
  { log, metrics }: Pick<NotifyDeps, 'log' | 'metrics'>,
  { requestId, retryCount, slack, email }: Telling<T>,
): Promise<Told<T>> {
  try {
    return { by: 'slack', result: await slack() };
  } catch (error) {
    if (error instanceof SlackRateLimitedError) throw error;
    if (isRateLimited(error) && retryCount < RATE_LIMIT_TRIES) throw new SlackRateLimitedError(error);
    log.warn('Slack did not take it; it goes by e-mail.', { error, requestId });
    metrics.slackFailed();
    try {
      return { by: 'email', result: await email() };
    } catch (emailError) {
      throw nobodyHeard(error, emailError);
    }
  }
}
