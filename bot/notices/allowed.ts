import type { Judgement } from '../../workflow/steps/payloads.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { NotDeliveredError } from '../delivery/errors.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { describeAllowed } from './describe-allowed.ts';
import { allowedEmail } from './notice-emails.ts';
import { allowedMessage } from './notices.ts';

/**
 * The AnnounceAllowed step: tells of a harmless change, where `NOTIFY_ALLOWED` says.
 *
 * @throws SlackRateLimitedError, NotDeliveredError
 */
export async function announceAllowed(
  deps: NotifyDeps,
  { state, retryCount }: { state: Judgement; retryCount: number },
): Promise<void> {
  const view = describeAllowed(state);
  if (view === undefined || deps.notifyAllowed === 'off') return;
  const email = () => deps.email.send(allowedEmail(view));
  if (deps.notifyAllowed === 'email') {
    await email().catch((cause) => {
      throw new NotDeliveredError('SNS did not take the notice.', cause);
    });
    return;
  }
  const slack = () => deps.slack.post(deps.channel, allowedMessage(view));
  await slackFirst(deps, { requestId: state.change?.requestId ?? '', retryCount, slack, email });
}
