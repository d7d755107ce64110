import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requestersOf } from '../../../workflow/ledger/requesters.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { type Decider, mayDecide, type RefusalCode } from '../../approvers/may-decide.ts';
import { alreadyDecided } from '../../media/wording/describe-outcome.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';

/** Somebody trying to decide, by a button or by submitting a modal. */
export interface Attempt {
  /** Untrusted text until the ledger knows it. */
  requestId: string;
  decision: 'approved' | 'denied';
  reason?: string;
  /** A written reason was asked for, because the person made the change. */
  breakGlass?: boolean;
  userId: string;
  /** As the payload names the person; shown only until Slack has been asked. */
  userName: string;
  teamId: string;
  /** Where it was clicked. */
  channel: string | undefined;
}

export type Refused = { status: 'refused'; refusal: Refusal };

/** `break-glass`: only as the requester's own approval, with a written reason. */
export interface Allowed {
  status: 'allowed' | 'break-glass';
  /** As it was when this was found out. */
  request: ApprovalRequest;
  decider: Decider;
}

type CheckedAttempt = Allowed | Refused;

/** Slack was asked and did not answer. */
const NOT_FOUND_OUT: readonly RefusalCode[] = ['slack-unavailable', 'group-unavailable'];

/** Whether the person may do this now, at the moment of the click. Whoever may not is in the audit trail. */
export async function checkAttempt(deps: BotDeps, attempt: Attempt): Promise<CheckedAttempt> {
  const [request, decider] = await Promise.all([
    readRequest(deps, attempt.requestId),
    lookUpDecider(deps.slack, deps.settings, attempt),
  ]);
  return judgeAttempt(deps, attempt, decider, request);
}

/** The same where ledger and Slack have been asked already. */
export async function judgeAttempt(
  deps: BotDeps,
  attempt: Attempt,
  decider: Decider,
  request: ApprovalRequest | Refusal,
): Promise<CheckedAttempt> {
  if ('why' in request) return refuse(deps, attempt, request);
  const subject = { decision: attempt.decision, requesters: requestersOf(request) };
  const verdict = mayDecide(decider, subject, deps.settings);
  if (verdict.status !== 'refused') return { status: verdict.status, request, decider };
  const passing = NOT_FOUND_OUT.includes(verdict.code);
  const refusal = decidedAlready(deps, attempt, request) ?? {
    ...{ why: verdict.reason, approvers: deps.settings.APPROVERS, passing },
  };
  return refuse(deps, attempt, refusal, { request, code: verdict.code });
}

/** Once it is decided, the channel knows by whom: that is what somebody who may not decide wants to hear there. */
function decidedAlready(
  { settings }: BotDeps,
  { channel, userId }: Attempt,
  { decision, votes }: ApprovalRequest,
): Refusal | undefined {
  if (decision === undefined || channel !== settings.SLACK_CHANNEL) return undefined;
  return { why: alreadyDecided(decision, votes, userId) };
}

/** @returns the request, or why there is none */
export async function readRequest(
  { ledger, log }: BotDeps,
  requestId: string,
): Promise<ApprovalRequest | Refusal> {
  try {
    return (await ledger.read(requestId)) ?? { why: 'This request is not known (any more).' };
  } catch (error) {
    log.error('A request could not be read', { error, requestId });
    return { why: 'The ledger did not answer, so nothing was decided. Try again.', passing: true };
  }
}

/** Writes a refusal down. Refused it is either way; the log keeps what the ledger could not. */
export async function refuse(
  deps: BotDeps,
  attempt: Attempt,
  refusal: Refusal,
  of: { request?: ApprovalRequest; code?: string } = {},
): Promise<Refused> {
  const { request, code } = of;
  const entry = {
    at: deps.now().toISOString(),
    event: 'decision.refused',
    requestId: attempt.requestId,
    detail: [attempt.decision, code, refusal.why].filter((each) => each !== undefined).join(': '),
    slackUserId: attempt.userId,
    slackUserName: attempt.userName,
    slackTeamId: attempt.teamId,
    eventId: request?.change.eventId,
    executionArn: request?.executionArn,
  };
  try {
    await deps.ledger.audit(entry);
  } catch (error) {
    deps.log.error('A refused decision could not be audited', { error, ...entry });
  }
  return { status: 'refused', refusal };
}
