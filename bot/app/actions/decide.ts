import { describeRequest } from '../../media/wording/describe-request.ts';
import { type ButtonArgs, readClick } from '../click.ts';
import { attemptDecision } from '../decisions/attempt-decision.ts';
import { checkAttempt } from '../decisions/check-attempt.ts';
import type { BotDeps } from '../deps.ts';
import { openModal, tellRefusal } from '../tell.ts';
import { breakGlassView, denyView } from '../views/reason-modal.ts';

/**
 * Approve, which Slack has let the person confirm. Whoever was refused or came second is told so, and nobody else is;
 * an approver who made the change is asked for the reason that breaking the glass takes.
 */
export function approveOnClick(deps: BotDeps) {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const result = await attemptDecision(deps, { ...click, decision: 'approved' });
    if (result.status === 'refused') await tellRefusal(deps, respond, result.refusal);
    if (result.status !== 'break-glass') return;
    const origin = { requestId: click.requestId, channel: click.channel ?? '' };
    const view = breakGlassView(describeRequest(result.request), origin);
    await openModal(deps, respond, body.trigger_id, view);
  };
}

/** Deny, which asks for the reason. Whoever may not is told before they have written one. */
export function denyOnClick(deps: BotDeps) {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const checked = await checkAttempt(deps, { ...click, decision: 'denied' });
    if (checked.status === 'refused') return await tellRefusal(deps, respond, checked.refusal);
    const { request } = checked;
    if (request.status !== 'pending') {
      // It can be decided no more: this says by whom it was, and hands on what the state machine has not heard of.
      const result = await attemptDecision(deps, { ...click, decision: 'denied' });
      if (result.status === 'refused') await tellRefusal(deps, respond, result.refusal);
      return;
    }
    const origin = { requestId: request.id, channel: click.channel ?? '' };
    await openModal(deps, respond, body.trigger_id, denyView(describeRequest(request), origin));
  };
}
