import { writeDown } from '../../delivery/audit.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { patiently } from '../../delivery/rate-limit.ts';
import { RATE_LIMIT_TRIES, slackFirst } from '../../delivery/slack-first.ts';
import type { NotifyPayload } from '../payload.ts';
import { summaryEmail } from './email.ts';
import { summaryMessage } from './message.ts';
import { describeSummary, type SummaryView } from './words.ts';

export type SummariseInput = Extract<NotifyPayload, { step: 'summarise' }>;

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
  const view = describeSummary(await ledger.list('closed', CLOSED_LIMIT), new Date(time), CLOSED_LIMIT);
  if (view === undefined) return;
  const day = time.slice(0, 10);
  const claim = await ledger.claimSummary(day, now().toISOString());
  if (claim === undefined) return;
  try {
    await tell(deps, view, day);
  } catch (error) {
    await ledger.releaseSummary(day, claim).catch((cause: unknown) => {
      log.error('A summary that was not told could not be released; it may be told after a minute.', {
        ...{ cause, day },
      });
    });
    throw error;
  }
  await ledger.storeSummaryTold(day, claim, now().toISOString()).catch((error: unknown) => {
    log.error('That a summary was told could not be stored; another delivery would tell it again.', {
      ...{ error, day },
    });
  });
}

/** No state machine waits here for Slack's rate limit. */
async function tell(deps: NotifyDeps, view: SummaryView, day: string): Promise<void> {
  const told = await slackFirst(deps, {
    requestId: `summary of ${day}`,
    retryCount: RATE_LIMIT_TRIES,
    slack: () => patiently(deps, () => deps.slack.post(deps.channel, summaryMessage(view))),
    email: () => deps.email.send(summaryEmail(view)),
  });
  await writeDown(deps, {
    event: 'summary.told',
    detail: `${day}, ${told.by === 'slack' ? 'in Slack' : 'by e-mail'}: ${view.count} by exempt requesters.`,
  });
}
