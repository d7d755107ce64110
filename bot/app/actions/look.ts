import { requestersOf } from '../../../workflow/ledger/requesters.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { mayDecide } from '../../approvers/may-decide.ts';
import { alreadyDecided } from '../../media/wording/describe-outcome.ts';
import { refreshRequest } from '../../notices/request/show.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import { readRequest } from '../decisions/check-attempt.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { tellRefusal } from '../tell.ts';

/**
 * I'm looking: shown on the message for a while, so that nobody looks twice. It binds nobody, and only whoever may deny
 * may say so.
 */
export function lookOnClick(deps: BotDeps) {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const refusal = await look(deps, click);
    await audit(deps, click, refusal);
    if (refusal === undefined) await refreshRequest(deps, click.requestId);
    else await tellRefusal(deps, respond, refusal);
  };
}

/** @returns why not; undefined when it is noted */
async function look(deps: BotDeps, click: Click): Promise<Refusal | undefined> {
  const { ledger, slack, settings, now, log } = deps;
  const [request, decider] = await Promise.all([
    readRequest(deps, click.requestId),
    lookUpDecider(slack, settings, click),
  ]);
  if ('why' in request) return request;
  if (request.decision !== undefined) return { why: alreadyDecided(request.decision, request.votes) };
  const subject = { decision: 'denied', requesters: requestersOf(request) } as const;
  const verdict = mayDecide(decider, subject, settings);
  if (verdict.status === 'refused') return { why: verdict.reason, approvers: settings.APPROVERS };
  try {
    const by = { name: click.userName, slackUserId: click.userId };
    await ledger.storeLooking(request.id, { by, at: now().toISOString() });
    return undefined;
  } catch (error) {
    log.error('Who looks at a request could not be stored', { error, requestId: request.id });
    return { why: 'The ledger did not answer, so nobody sees that you look. Try again.', passing: true };
  }
}

async function audit(deps: BotDeps, click: Click, refusal: Refusal | undefined): Promise<void> {
  const entry = {
    at: deps.now().toISOString(),
    event: refusal === undefined ? 'request.looking' : 'request.looking-refused',
    requestId: click.requestId,
    detail: refusal === undefined ? `${click.userName} looks at it.` : refusal.why,
    slackUserId: click.userId,
    slackUserName: click.userName,
    slackTeamId: click.teamId,
  };
  try {
    await deps.ledger.audit(entry);
  } catch (error) {
    deps.log.error('A click could not be audited', { error, ...entry });
  }
}
