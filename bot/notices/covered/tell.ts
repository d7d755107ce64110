import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { writeDown } from '../../delivery/audit.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { slackFirst } from '../../delivery/slack-first.ts';
import { threadOf } from '../../slack/thread-of.ts';
import { describeChange } from '../../wording/describe-change.ts';
import type { Covered } from '../announce.ts';
import { tellEverywhere } from '../escalation/everywhere.ts';
import { coveredEmail } from '../notice-emails.ts';
import { coveredMessage } from '../notices.ts';
import { describeTakenAgain, endOf } from './taken-again.ts';

/**
 * A grant that was put back while its request waits is told in the thread of that request. The same event delivered
 * twice is nothing that anybody did, so nothing is said. But where the request waits no more, nothing would put back
 * what was taken out of force, so a person has to look.
 *
 * @throws NotDeliveredError, SlackRateLimitedError, and what the ledger throws
 */
export async function announceDuplicate(
  deps: NotifyDeps,
  state: Covered,
  retryCount: number,
): Promise<Ended> {
  const { duplicateOf } = state;
  const request = await deps.ledger.read(duplicateOf);
  if (request?.status !== 'pending') return announceEnded(deps, state, request);
  const reason = `Covered by request ${duplicateOf}, which was waiting already.`;
  if (duplicateOf !== state.requestId) {
    await tellOfRequest(deps, state, request, retryCount);
    await note(deps, state, 'outcome.announced', `duplicate: ${reason}`);
  }
  return { outcome: 'duplicate', reason, requestId: duplicateOf };
}

async function announceEnded(
  deps: NotifyDeps,
  state: Covered,
  request: ApprovalRequest | undefined,
): Promise<Ended> {
  const taken = { ...state, coveredBy: state.duplicateOf, request };
  const reason = `Taken out of force again. ${endOf(taken)}`;
  const told = await tellEverywhere(deps, describeTakenAgain(taken));
  await note(deps, state, 'duplicate.of-ended', `${reason} Told ${told}.`);
  return { outcome: 'duplicate', reason, requestId: state.duplicateOf };
}

async function tellOfRequest(
  deps: NotifyDeps,
  { duplicateOf, change, inspection }: Covered,
  { slack: thread }: ApprovalRequest,
  retryCount: number,
): Promise<void> {
  const view = describeChange(change, inspection);
  const email = () => deps.email.send(coveredEmail(view, duplicateOf));
  // Whoever was asked by e-mail hears of it where they were asked.
  if (thread === undefined) return email();
  const slack = () => deps.slack.reply(threadOf(thread), coveredMessage(view));
  await slackFirst(deps, { requestId: duplicateOf, retryCount, slack, email });
}

function note(
  deps: NotifyDeps,
  { duplicateOf, change, executionArn }: Covered,
  event: string,
  detail: string,
): Promise<void> {
  return writeDown(deps, { event, requestId: duplicateOf, detail, eventId: change.eventId, executionArn });
}
