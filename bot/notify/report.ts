import { UnknownRequestError } from '../../workflow/ledger/errors.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { Ended } from '../../workflow/steps/payloads.ts';
import { observedEmail } from '../email/notice-emails.ts';
import { observedMessage } from '../slack/messages/observed.ts';
import { describeChange } from '../view/describe-change.ts';
import { describeRequest } from '../view/describe-request.ts';
import type { NotifyDeps } from './deps.ts';
import { isAsked } from './is-asked.ts';
import { keepMessage } from './keep-message.ts';
import { keepEmailed } from './mail-request.ts';
import { slackFirst } from './slack-first.ts';
import type { ReportInput, UntouchedRequest } from './untouched-request.ts';
import { untouchedRequest } from './untouched-request.ts';
import { writeDownOf } from './write-down.ts';

/**
 * The Report step: keeps a restricted change that was left alone, and tells of it where it was only observed; what an
 * exempt requester did stands in the daily summary. The same change delivered twice is reported once.
 *
 * @throws SlackRateLimitedError, NotDeliveredError, and what the ledger throws: no end may be silent
 */
export async function report(
  deps: NotifyDeps,
  { state, executionArn, retryCount }: Omit<ReportInput, 'step'>,
): Promise<Ended> {
  const request = untouchedRequest(state, executionArn, deps.now());
  await deps.ledger.recordUntouched(request);
  const stored = await deps.ledger.read(request.id);
  if (stored === undefined) throw new UnknownRequestError(request.id);
  const ended =
    stored.executionArn === executionArn
      ? await tell(deps, request, stored, retryCount)
      : await again(deps, request);
  deps.metrics.ended(ended.outcome);
  return ended;
}

async function tell(
  deps: NotifyDeps,
  request: UntouchedRequest,
  stored: ApprovalRequest,
  retryCount: number,
): Promise<Ended> {
  const { id, outcome, outcomeDetail } = request;
  if (outcome === 'observed' && !isAsked(stored)) await tellObserved(deps, request, retryCount);
  await writeDownOf(deps, request, `change.${outcome}`, outcomeDetail);
  return { outcome, reason: outcomeDetail, requestId: id };
}

async function again(deps: NotifyDeps, request: UntouchedRequest): Promise<Ended> {
  const reason = 'This change has been recorded before.';
  await writeDownOf(deps, request, 'request.duplicate', reason);
  return { outcome: 'duplicate', reason, requestId: request.id };
}

async function tellObserved(deps: NotifyDeps, request: UntouchedRequest, retryCount: number): Promise<void> {
  const { id, change, inspection, outcomeDetail } = request;
  const view = describeRequest(request);
  const changed = describeChange(change, inspection);
  const told = await slackFirst(deps, {
    requestId: id,
    retryCount,
    slack: () => deps.slack.post(deps.channel, observedMessage(view, changed, outcomeDetail)),
    email: () => deps.email.send(observedEmail(view, changed, outcomeDetail)),
  });
  if (told.by === 'slack') await keepMessage(deps, request, told.result);
  else await keepEmailed(deps, id);
}
