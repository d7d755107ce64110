import type { Judgement } from '../../workflow/steps/payloads.ts';
import { allowedEmail } from '../email/notice-emails.ts';
import { allowedMessage } from '../slack/messages/notices.ts';
import { describeAllowed } from '../view/describe-allowed.ts';
import type { NotifyDeps } from './deps.ts';
import { NotDeliveredError } from './errors.ts';
import { slackFirst } from './slack-first.ts';

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
