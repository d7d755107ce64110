import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { audit, messengerIds } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { RATE_LIMIT_TRIES, slackFirst } from '../delivery/slack-first.ts';
import type { NotifyPayload } from '../payload.ts';
import { summaryEmail } from './email.ts';
import { summaryMessage } from './message.ts';
import { type DescribedSummary, describeSummary } from './words.ts';

type SummariseInput = Extract<NotifyPayload, { step: 'summarise' }>;

/** What has ended in a day; a busier one says that there may be more. */
const CLOSED_LIMIT = 1_000;

/**
 * The daily summary of what exempt requesters have changed in the 24 h before its time; nothing is said of a day
 * without any. A schedule may deliver a day twice: it is told once, and by the second delivery where the first has died before.
 *
 * @throws NotDeliveredError when nobody could be told, and what the ledger throws; the next delivery tries again
 */
export async function summarise(deps: NotifyDeps, { time }: Pick<SummariseInput, 'time'>): Promise<void> {
  const { ledger, now, log } = deps;
  const summary = describeSummary(await ledger.list('closed', CLOSED_LIMIT), new Date(time), CLOSED_LIMIT);
  if (summary === undefined) return;
  const day = time.slice(0, 10);
  const claim = await ledger.claimSummary(day, now().toISOString());
  if (claim === undefined) return;
  try {
    await tell(deps, summary, day);
  } catch (error) {
    const failure = 'A summary that was not told could not be released; it may be told after a minute.';
    await bestEffort(log.error, failure, { day }, () => ledger.releaseSummary(day, claim));
    throw error;
  }
  const failure = 'That a summary was told could not be stored; another delivery would tell it again.';
  await bestEffort(log.error, failure, { day }, () =>
    ledger.storeSummaryTold(day, claim, now().toISOString()),
  );
}

/** No state machine waits here for Slack's rate limit. */
async function tell(deps: NotifyDeps, summary: DescribedSummary, day: string): Promise<void> {
  const told = await slackFirst(deps, {
    requestId: `summary of ${day}`,
    retryCount: RATE_LIMIT_TRIES,
    slack: () =>
      waitOutRateLimit(deps, () => deps.slack.post(deps.settings.SLACK_CHANNEL, summaryMessage(summary))),
    email: () => deps.email.send(summaryEmail(summary)),
  });
  await audit(deps, {
    event: 'summary.told',
    detail: `${day}, ${told.by === 'slack' ? 'in Slack' : 'by e-mail'}: ${summary.count} by exempt requesters.`,
    ...messengerIds(told.result),
  });
}
