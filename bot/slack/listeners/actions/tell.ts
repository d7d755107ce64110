import type { RespondFn } from '@slack/bolt';
import { plain } from '../../messages/mrkdwn.ts';
import { answer } from '../../messages/notices.ts';
import type { BotDeps } from '../deps.ts';

/**
 * Tells only the person who clicked. Works with the address that came with the click, and so without a token.
 *
 * @param text not escaped
 */
export async function tell(deps: BotDeps, respond: RespondFn, text: string): Promise<void> {
  try {
    await respond({ ...answer(plain(text, 2_000)), response_type: 'ephemeral', replace_original: false });
  } catch (error) {
    // What was decided or refused stands and is in the ledger; only its telling failed.
    deps.logger.warn('The person who clicked could not be told', { error });
  }
}
