import type { StoreTimeouts } from '../../workflow/ledger/store.ts';
import type { CallLimits } from '../../workflow/runtime/call-limits.ts';
import type { OnceMoreLimits } from '../notices/delivery/rate-limit.ts';

/** How long the `slack` function waits for whom, in milliseconds. */
export interface SlackLimits {
  /** For one call of Slack's Web API. */
  slackMs: number;
  /** For one answer to a `response_url`. */
  respondMs: number;
  /** For one try to read the secret. */
  secretTryMs: number;
  ledger: StoreTimeouts;
  /** For Step Functions to take a decision; a repeated delivery is cheap. */
  callbacks: CallLimits;
  /** For Lambda to take a job that is done in the background. */
  background: CallLimits;
  /** For the lists of earlier requests: the details open without them rather than not. */
  earlierMs: number;
  /** For one check of the doctor; what has not answered by then is reported as such. */
  checkMs: number;
  onceMore: OnceMoreLimits;
}

/**
 * Slack waits 3 s for the answer to a click or a command (docs.slack.dev, "Handling user interaction"): whoever of
 * those asked does not answer at all, the person is answered in time.
 */
export const SLACK_LIMITS: SlackLimits = {
  slackMs: 1_000,
  respondMs: 1_000,
  secretTryMs: 1_000,
  ledger: { callMs: 900, tryMs: 450, tries: 3 },
  callbacks: { callMs: 1_500, tryMs: 700 },
  background: { callMs: 1_000, tryMs: 600 },
  earlierMs: 600,
  checkMs: 2_000,
  onceMore: { latestMs: 1_200, pauseMs: 1_100 },
};
