import { SlackCallError } from '../slack/api/slack-error.ts';

/** Slack's words for a message that can't be changed or replied to any more, most often because it was deleted. */
const LOST = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'thread_not_found',
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
]);

/** @returns true when waiting or trying again can't help, but a new message can */
export function isLost(error: unknown): boolean {
  return error instanceof SlackCallError && error.failure === 'refused' && LOST.has(error.code);
}
