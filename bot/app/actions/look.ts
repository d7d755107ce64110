import { refreshRequest } from '../../notices/request/show.ts';
import { auditClick } from '../audit-click.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import { readForApprover } from '../decisions/read-for-approver.ts';
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
    if (refusal === undefined) {
      await auditClick(deps, click, 'request.looking', `${click.userName} looks at it.`);
      return await refreshRequest(deps, click.requestId);
    }
    await auditClick(deps, click, 'request.looking-refused', refusal.why);
    await tellRefusal(deps, respond, refusal);
  };
}

/** @returns why not; undefined when it is noted */
async function look(deps: BotDeps, click: Click): Promise<Refusal | undefined> {
  const { ledger, now, log } = deps;
  const request = await readForApprover(deps, click);
  if ('why' in request) return request;
  try {
    const by = { name: click.userName, slackUserId: click.userId };
    await ledger.storeLooking(request.id, { by, at: now().toISOString() });
    return undefined;
  } catch (error) {
    log.error('Who looks at a request could not be stored', { error, requestId: request.id });
    return { why: 'The ledger did not answer, so nobody sees that you look. Try again.', passing: true };
  }
}
