import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '../slack/blocks/blocks.ts';
import type { BotDeps } from './deps.ts';
import { tell } from './tell.ts';

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
    deps.logger.error('A modal could not be opened', { error, view: view.callback_id });
    await tell(deps, respond, 'Slack could not open the window just now; nothing was decided. Try again.');
  }
}
