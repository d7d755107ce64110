import type { Ended } from '../../workflow/steps/payloads.ts';
import { writeDown } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { describeChange } from '../wording/describe-change.ts';
import type { EndedEarly } from './announce.ts';
import { endedEarlyEmail } from './notice-emails.ts';
import { endedEarlyMessage } from './notices.ts';

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
