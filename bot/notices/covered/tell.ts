import type { ApprovalRequest, PutBacks } from '../../../workflow/ledger/request.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { field, foreign, parts } from '../../media/email/lines.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import { textMessage } from '../../media/slack/blocks/blocks.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { type DescribedChange, describeChange } from '../../media/wording/describe-change.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import { audit, type Messenger, messengerIds } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { tellEverywhere } from '../escalation/everywhere.ts';
import type { Covered } from '../payload.ts';
import { refreshRequest } from '../request/show.ts';
import {
  anotherNameEmail,
  anotherNameMessage,
  bringsAnotherName,
  isLoud,
  leavesNobody,
} from './another-name.ts';
import { howToTell, putBacksEmail, putBacksMessage } from './put-backs.ts';
import { describeTakenAgain, endOf } from './taken-again.ts';
/** A reply in the thread of the request that already covers a change which was made once more. */
export function coveredMessage(change: DescribedChange): Message {
  return textMessage(
    `🔁 ${plain(change.title, 400)}, once more. It was taken out of force again; the request above still covers it.`,
  );
}

/** The same by e-mail. */
export function coveredEmail(change: DescribedChange, coveredBy: string): Email {
  const text = `Once more: ${foreign(change.title)}. It was taken out of force again; the request below still covers it.`;
  return {
    subject: subjectLine(`taken out of force again: ${change.policyName}`),
    text: parts(text, field('Request', coveredBy), changePart(change)),
  };
}

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
    const told = isOfTheSame(state, request)
      ? ONE_INCIDENT
      : ((await tellOfWaiting(deps, state, request, retryCount)) ?? AGAIN_AND_AGAIN);
    const ids = typeof told === 'string' ? {} : messengerIds(told);
    await auditCovered(deps, state, 'change.covered', toldWhere(told), ids);
  }
  return { outcome: 'duplicate', reason, requestId: duplicateOf };
}

/** What was not seen in force again, and was made before the request took it out, has brought nothing back. */
function isOfTheSame(state: Covered, request: ApprovalRequest): boolean {
  const { putBacks, change } = state;
  const { quarantinedAt } = request;
  if (putBacks !== undefined || quarantinedAt === undefined || bringsAnotherName(state, request))
    return false;
  return Date.parse(change.eventTime) <= Date.parse(quarantinedAt);
}

const ONE_INCIDENT = 'Not told by itself: it was made before that was taken out of force.';
const AGAIN_AND_AGAIN = 'Not told by itself: it happens again and again.';

async function announceEnded(
  deps: NotifyDeps,
  state: Covered,
  request: ApprovalRequest | undefined,
): Promise<Ended> {
  const taken = { ...state, coveredBy: state.duplicateOf, request };
  const reason = `Taken out of force again. ${endOf(taken)}`;
  const told = await tellEverywhere(deps, describeTakenAgain(taken));
  await auditCovered(deps, state, 'duplicate.of-ended', `${endOf(taken)} Told ${told.where}.`, told.ids);
  return { outcome: 'duplicate', reason, requestId: state.duplicateOf };
}

/** @returns undefined where it happens so often that it is not told each time */
async function tellOfWaiting(
  deps: NotifyDeps,
  state: Covered,
  request: ApprovalRequest,
  retryCount: number,
): Promise<Messenger | undefined> {
  const { putBacks } = state;
  if (bringsAnotherName(state, request)) return tellOfAnotherName(deps, state, request, retryCount);
  if (putBacks === undefined) return tellOfRequest(deps, state, request, retryCount);
  return tellOfPutBacks(deps, { ...state, putBacks }, request, retryCount);
}

async function tellOfRequest(
  deps: NotifyDeps,
  { duplicateOf, change, inspection }: Covered,
  { slack: thread }: ApprovalRequest,
  retryCount: number,
): Promise<Messenger> {
  const described = describeChange(change, inspection);
  const email = () => deps.email.send(coveredEmail(described, duplicateOf));
  // Whoever was asked by e-mail hears of it where they were asked.
  if (thread === undefined) return email();
  const slack = () => deps.slack.reply(threadOf(thread), coveredMessage(described));
  return (await slackFirst(deps, { requestId: duplicateOf, retryCount, slack, email })).result;
}

/** Once as loudly as a thread can be, with the numbers; before as any change that is covered, and later seldom. */
async function tellOfPutBacks(
  deps: NotifyDeps,
  state: Covered & { putBacks: PutBacks },
  request: ApprovalRequest,
  retryCount: number,
): Promise<Messenger | undefined> {
  const { putBacks, change, inspection, executionArn } = state;
  const { slack: thread, id: requestId } = request;
  const claimed = putBacks.count >= 2 && (await deps.ledger.claimPutBacks(requestId, executionArn));
  const how = howToTell(putBacks, claimed);
  if (how === 'not') return undefined;
  if (how === 'as-covered') return tellOfRequest(deps, state, request, retryCount);
  const described = describeChange(change, inspection);
  const email = () => deps.email.send(putBacksEmail(described, putBacks, requestId));
  if (thread === undefined) return email();
  const message = putBacksMessage(described, putBacks, how === 'loud');
  const slack = () => deps.slack.reply(threadOf(thread), message, { broadcast: how === 'loud' });
  return (await slackFirst(deps, { requestId, retryCount, slack, email })).result;
}

/** In the thread and the channel, and in the request's own message, which says who may not approve. */
async function tellOfAnotherName(
  deps: NotifyDeps,
  state: Covered,
  request: ApprovalRequest,
  retryCount: number,
): Promise<Messenger> {
  const described = describeChange(state.change, state.inspection);
  const nobodyLeft = await leavesNobody(deps.slack, deps.settings, request);
  const loud = isLoud(state, request);
  const email = () => deps.email.send(anotherNameEmail(described, request, nobodyLeft));
  const { slack: thread, id: requestId } = request;
  if (thread === undefined) return email();
  const message = anotherNameMessage(described, request.change.requester.label, { nobodyLeft, loud });
  const slack = () => deps.slack.reply(threadOf(thread), message, { broadcast: loud });
  const told = await slackFirst(deps, { requestId, retryCount, slack, email });
  if (told.by === 'slack') await refreshRequest(deps, requestId);
  return told.result;
}

/** In the trail of the request that covers it: which change this was, what was done about it, and who was told. */
function auditCovered(
  deps: NotifyDeps,
  { requestId, duplicateOf, change, executionArn, detail: done = 'It is out of force.' }: Covered,
  event: string,
  told: string,
  ids: ReturnType<typeof messengerIds> = {},
): Promise<void> {
  const { deed, policy } = describeChange(change);
  const made = `${requestId}: ${deed} (${plainLine(change.eventName)}, ${policy}).`;
  const detail = `${made} ${plainLine(done)} ${told}`;
  return audit(deps, {
    ...{ event, requestId: duplicateOf, detail },
    ...{ ...ids, eventId: change.eventId, executionArn },
  });
}

function toldWhere(told: Messenger | string): string {
  if (typeof told === 'string') return told;
  return 'ts' in told ? 'Told in Slack, in the thread.' : 'Told by e-mail.';
}
