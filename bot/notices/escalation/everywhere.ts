import type { NotifyDeps } from '../delivery/deps.ts';
import { nobodyHeard } from '../delivery/errors.ts';
import { waitOutRateLimit } from '../delivery/rate-limit.ts';
import { escalationEmail } from './email.ts';
import { escalationMessage } from './message.ts';
import type { DescribedEscalation } from './words.ts';

/**
 * As loudly as it goes: the whole channel, and by e-mail.
 *
 * @returns where, in words
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function tellEverywhere(deps: NotifyDeps, described: DescribedEscalation): Promise<string> {
  const message = escalationMessage(described);
  const [slack, email] = await Promise.allSettled([
    // E-mail alone would do for the state machine, so that waiting for Slack's limit falls to this step.
    waitOutRateLimit(deps, () => deps.slack.post(deps.settings.SLACK_CHANNEL, message)),
    deps.email.send(escalationEmail(described)),
  ]);
  if (slack.status === 'rejected') deps.metrics.slackFailed();
  if (slack.status === 'rejected' && email.status === 'rejected') {
    throw nobodyHeard(slack.reason, email.reason);
  }
  if (slack.status === 'rejected') return onlyOneWay(deps, 'by e-mail', slack.reason);
  if (email.status === 'rejected') return onlyOneWay(deps, 'in Slack', email.reason);
  return 'in Slack and by e-mail';
}

function onlyOneWay({ log }: NotifyDeps, way: string, error: unknown): string {
  log.warn(`An escalation went only ${way}.`, { error });
  return way;
}
