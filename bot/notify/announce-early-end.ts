import type { Ended } from '../../workflow/steps/payloads.ts';
import { endedEarlyEmail } from '../email/notice-emails.ts';
import { endedEarlyMessage } from '../slack/messages/notices.ts';
import { describeChange } from '../view/describe-change.ts';
import type { EndedEarly } from './announce.ts';
import type { NotifyDeps } from './deps.ts';
import { slackFirst } from './slack-first.ts';
import { writeDown } from './write-down.ts';

/** There is no request to close: the change was gone before anybody could be asked. */
export async function announceEarlyEnd(
  deps: NotifyDeps,
  { status, detail, change, inspection, executionArn }: EndedEarly,
  retryCount: number,
): Promise<Ended> {
  const view = describeChange(change, inspection);
  await slackFirst(deps, {
    requestId: change.requestId,
    retryCount,
    slack: () => deps.slack.post(deps.channel, endedEarlyMessage(view, status, detail)),
    email: () => deps.email.send(endedEarlyEmail(view, status, detail)),
  });
  await writeDown(deps, {
    event: 'outcome.announced',
    detail: `${status}: ${detail}`,
    eventId: change.eventId,
    executionArn,
  });
  return { outcome: status, reason: detail };
}
