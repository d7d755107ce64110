import type { RespondFn } from '@slack/bolt';
import { bestEffort } from '../../workflow/runtime/best-effort.ts';
import { section, textMessage } from '../media/slack/blocks/blocks.ts';
import { modal } from '../media/slack/blocks/modal.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import type { Message, ModalView } from '../media/slack/blocks/types.ts';
import type { ButtonArgs } from './click.ts';
import type { BotDeps } from './deps.ts';
import { type Refusal, refusalMessage } from './refusal.ts';
/**
 * Tells only the person who clicked. Works with the address that came with the click, and so without a token.
 *
 * @param text not escaped
 */
export function tell(deps: BotDeps, respond: RespondFn, text: string): Promise<void> {
  return send(deps, respond, textMessage(plain(text, 2_000)));
}

/** The same for a click that was refused: why, and who may decide. */
export function tellRefusal(deps: BotDeps, respond: RespondFn, refusal: Refusal): Promise<void> {
  return send(deps, respond, refusalMessage(refusal));
}

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
  const view = noticeView('Policy Guard', text);
  await bestEffort(deps.log.warn, 'The person who clicked could not be told', {}, () =>
    body.view?.type === 'modal'
      ? deps.slack.pushView(body.trigger_id, view)
      : deps.slack.openView(body.trigger_id, view),
  );
}

/**
 * A modal that only says something.
 *
 * @param text not escaped
 */
export function noticeView(title: string, text: string): ModalView {
  return modal({ title, blocks: [section(plain(text, 2_000) || ' ')] });
}

/** Opens a modal for whoever clicked, and says so where Slack does not. */
export async function openModal(
  deps: BotDeps,
  respond: RespondFn,
  triggerId: string,
  view: ModalView,
): Promise<void> {
  try {
    await deps.slack.openView(triggerId, view);
  } catch (error) {
    deps.log.error('A modal could not be opened', { error, view: view.callback_id });
    await tell(deps, respond, 'Slack could not open the window just now; nothing was decided. Try again.');
  }
}

/** What was decided or refused stands and is in the ledger, whether or not this can be told. */
async function send(deps: BotDeps, respond: RespondFn, message: Message): Promise<void> {
  await bestEffort(deps.log.warn, 'The person who clicked could not be told', {}, () =>
    respond({ ...message, response_type: 'ephemeral', replace_original: false }),
  );
}
