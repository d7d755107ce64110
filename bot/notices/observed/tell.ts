import { UnknownRequestError } from '../../../workflow/ledger/errors.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { writeDownOf } from '../../delivery/audit.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { slackFirst } from '../../delivery/slack-first.ts';
import { describeChange } from '../../wording/describe-change.ts';
import { describeRequest } from '../../wording/describe-request.ts';
import { observedEmail } from '../notice-emails.ts';
import { keepMessage } from '../request/asked.ts';
import { isAsked } from '../request/is-asked.ts';
import { keepEmailed } from '../request/mail.ts';
import { observedMessage } from './message.ts';
import { type ReportInput, type UntouchedRequest, untouchedRequest } from './untouched-request.ts';

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
