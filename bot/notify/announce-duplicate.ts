import type { Ended } from '../../workflow/steps/payloads.ts';
import { coveredEmail } from '../email/notice-emails.ts';
import { coveredMessage } from '../slack/messages/notices.ts';
import { threadOf } from '../slack/thread-of.ts';
import { describeChange } from '../view/describe-change.ts';
import type { Covered } from './announce.ts';
import type { NotifyDeps } from './deps.ts';
import { slackFirst } from './slack-first.ts';
import { writeDown } from './write-down.ts';

/**
 * A grant that was put back while its request waits is told in the thread of that request. The same event delivered
 * twice is nothing that anybody did, so nothing is said.
 */
export async function announceDuplicate(
  deps: NotifyDeps,
  state: Covered,
  retryCount: number,
): Promise<Ended> {
  const { duplicateOf, change, executionArn } = state;
  const reason = `Covered by request ${duplicateOf}, which was waiting already.`;
  if (duplicateOf !== state.requestId) {
    await tellOfRequest(deps, state, retryCount);
    await writeDown(deps, {
      event: 'outcome.announced',
      requestId: duplicateOf,
      detail: `duplicate: ${reason}`,
      eventId: change.eventId,
      executionArn,
    });
  }
  return { outcome: 'duplicate', reason, requestId: duplicateOf };
}

async function tellOfRequest(
  deps: NotifyDeps,
  { duplicateOf, change, inspection }: Covered,
  retryCount: number,
): Promise<void> {
  const thread = (await deps.ledger.read(duplicateOf))?.slack;
  const view = describeChange(change, inspection);
  const email = () => deps.email.send(coveredEmail(view, duplicateOf));
  // Whoever was asked by e-mail hears of it where they were asked.
  if (thread === undefined) return email();
  const slack = () => deps.slack.reply(threadOf(thread), coveredMessage(view));
  await slackFirst(deps, { requestId: duplicateOf, retryCount, slack, email });
}
