import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { attemptDecision } from '../attempt-decision.ts';
import type { BotDeps } from '../deps.ts';
import { readClick } from './read-click.ts';
import { tell } from './tell.ts';

type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/** Approve and Deny, which act at once. Whoever was refused or came second is told so, and nobody else is. */
export function decideOnClick(deps: BotDeps, decision: 'approved' | 'denied') {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const result = await attemptDecision(deps, { ...readClick(body, action), decision });
    if (!result.decided) await tell(deps, respond, result.why);
  };
}
