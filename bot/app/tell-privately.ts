import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { BotDeps } from './deps.ts';
import { noticeView } from './notice-view.ts';
import { tell } from './tell.ts';

type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/**
 * Tells only the person who clicked, wherever that was: views have no place for an answer, so there it is a modal.
 *
 * @param text not escaped
 */
export async function tellPrivately(
  deps: BotDeps,
  { body, respond }: Pick<ButtonArgs, 'body' | 'respond'>,
  text: string,
): Promise<void> {
  if (body.response_url) return tell(deps, respond, text);
  try {
    const view = noticeView('Policy Guard', text);
    if (body.view?.type === 'modal') await deps.slack.pushView(body.trigger_id, view);
    else await deps.slack.openView(body.trigger_id, view);
  } catch (error) {
    // As with tell(): what was refused stays refused.
    deps.logger.warn('The person who clicked could not be told', { error });
  }
}
