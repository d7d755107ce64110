import { UnknownRequestError } from '../../../workflow/ledger/errors.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { isOwn } from '../../media/slack/api/slack-api.ts';
import { named } from '../../media/wording/account-name.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { auditOf, type Messenger } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { isAsked } from '../delivery/is-asked.ts';
import { inform } from '../informed/inform.ts';
import type { NotifyPayload } from '../payload.ts';
import { storeEmailed } from '../request/mail.ts';
import { storeMessage } from '../request/store-message.ts';
import { observedEmail } from './email.ts';
import { observedMessage } from './message.ts';

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
  const isTold = outcome !== 'observed' || isAsked(stored);
  const told = isTold ? undefined : await tellObserved(deps, request, retryCount);
  await auditOf(deps, request, `change.${outcome}`, `${outcomeDetail}${told ? howTold(told) : ''}`, told);
  return { outcome, reason: outcomeDetail, requestId: id };
}

function howTold(told: Messenger): string {
  if (!('ts' in told)) return ' Told by e-mail, because Slack did not take it.';
  return isOwn(told) ? ' Told in Slack.' : ' Counted in Slack, in one message with others.';
}

async function again(deps: NotifyDeps, request: UntouchedRequest): Promise<Ended> {
  const reason = 'This change has been recorded before.';
  await auditOf(deps, request, 'request.duplicate', reason);
  return { outcome: 'duplicate', reason, requestId: request.id };
}

async function tellObserved(
  deps: NotifyDeps,
  request: UntouchedRequest,
  retryCount: number,
): Promise<Messenger> {
  const { id: requestId, outcomeDetail, executionArn } = request;
  const { ACCOUNT_NAMES } = deps.settings;
  const described = describeRequest(request);
  const { who, title: what } = described;
  const told = await inform(deps, {
    ...{ of: 'only observed', requestId, retryCount },
    information: { id: executionArn, who, ended: 'would have been quarantined', what },
    message: observedMessage(described, outcomeDetail, ACCOUNT_NAMES),
    email: () => deps.email.send(observedEmail(named(described, ACCOUNT_NAMES), outcomeDetail)),
  });
  if (!('ts' in told)) await storeEmailed(deps, requestId);
  else if (isOwn(told)) await storeMessage(deps, request, told);
  return told;
}

type ReportInput = Extract<NotifyPayload, { step: 'report' }>;

/** A restricted change that was left alone, as the ledger keeps it: a request that was closed from the start. */
type UntouchedRequest = ApprovalRequest & {
  outcome: 'observed' | 'exempt';
  outcomeDetail: string;
  closedAt: string;
};

/** @param state as Inspect leaves it or, where Inspect has failed, Quarantine */
function untouchedRequest(state: ReportInput['state'], executionArn: string, now: Date): UntouchedRequest {
  const { change, inspection, document, event } = state;
  const at = now.toISOString();
  const exemption = 'exemption' in state ? state.exemption : undefined;
  return {
    id: change.requestId,
    status: 'closed',
    change,
    inspection,
    ...(document && { document }),
    ...(event && { event }),
    ...(exemption && { exemption }),
    containment: { type: 'none' },
    createdAt: at,
    expiresAt: at,
    executionArn,
    approvalsNeeded: 1,
    votes: [],
    outcome: 'verdict' in state ? state.verdict : state.status,
    outcomeDetail: 'verdict' in state ? state.reason : state.detail,
    closedAt: at,
  };
}
