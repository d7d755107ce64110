import { namedInLedger } from '../../../workflow/steps/no-event.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { audit, messengerIds } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { RATE_LIMIT_TRIES, slackFirst } from '../delivery/slack-first.ts';
import { sweepEmail } from './email.ts';
import { sweepMessage } from './message.ts';
import { describeSweep } from './words.ts';

/**
 * The TellSweep step: what a sweep has left alone. All of it comes from the ledger: whoever merely starts an execution
 * has nothing told but the truth.
 *
 * @throws NotDeliveredError when neither Slack nor e-mail took it, NoEventError where there is no such report
 */
export async function tellSweep(deps: NotifyDeps, { reportId }: { reportId: string }): Promise<Ended> {
  const report = await namedInLedger(reportId, deps.ledger.readSweepReport);
  const described = describeSweep(report);
  const told = await slackFirst(deps, {
    requestId: reportId,
    retryCount: RATE_LIMIT_TRIES,
    slack: () =>
      waitOutRateLimit(deps, () => deps.slack.post(deps.settings.SLACK_CHANNEL, sweepMessage(described))),
    email: () => deps.email.send(sweepEmail(described)),
  });
  const detail = `${described.title}. Told ${told.by === 'slack' ? 'in Slack' : 'by e-mail'}.`;
  await audit(deps, { event: 'sweep.told', detail, ...messengerIds(told.result) });
  return { outcome: 'allowed', reason: described.title };
}
