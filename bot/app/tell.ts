import type { RespondFn } from '@slack/bolt';
import { answer } from '../notices/notices.ts';
import type { Message } from '../slack/blocks/blocks.ts';
import { plain } from '../slack/blocks/mrkdwn.ts';
import type { BotDeps } from './deps.ts';
import { type Refusal, refusalMessage } from './refusal.ts';

/**
 * Tells only the person who clicked. Works with the address that came with the click, and so without a token.
 *
 * @param text not escaped
 */
export function tell(deps: BotDeps, respond: RespondFn, text: string): Promise<void> {
  return send(deps, respond, answer(plain(text, 2_000)));
}

/** The same for a click that was refused: why, and who may decide. */
export function tellRefusal(deps: BotDeps, respond: RespondFn, refusal: Refusal): Promise<void> {
  return send(deps, respond, refusalMessage(refusal));
}

async function send(deps: BotDeps, respond: RespondFn, message: Message): Promise<void> {
  try {
    await respond({ ...message, response_type: 'ephemeral', replace_original: false });
  } catch (error) {
    // What was decided or refused stands and is in the ledger; only its telling failed.
    deps.logger.warn('The person who clicked could not be told', { error });
  }
}
