import type { Blocks } from '../block-ids.ts';
import { textLength, validateBlocks } from '../block-kit-limits.ts';
import { invalid, SlackError } from '../slack-error.ts';
import type { Arguments } from './method.ts';

/** `text` beyond this is refused (docs.slack.dev, chat.postMessage, "Truncating content"). */
const MAX_TEXT = 40_000;

/** Not documented; refused above about 13,200 characters (slackapi/bolt-js, issue 2509). */
const MAX_BLOCKS_TEXT = 13_000;

/**
 * Text and blocks of a message, as `chat.postMessage` and its kind take them.
 *
 * @throws SlackError no_text, msg_too_long, invalid_blocks_format, invalid_blocks or msg_blocks_too_long
 */
export function messageContent(args: Arguments): { text: string; blocks: Blocks } {
  const text = typeof args.text === 'string' ? args.text : '';
  if (text.length > MAX_TEXT) throw new SlackError('msg_too_long');
  if (args.blocks === undefined) {
    if (text === '') throw new SlackError('no_text');
    return { text, blocks: [] };
  }
  if (!Array.isArray(args.blocks)) throw new SlackError('invalid_blocks_format');
  const problems = validateBlocks(args.blocks, 'message');
  if (problems.length > 0) throw invalid('invalid_blocks', problems);
  if (textLength(args.blocks) > MAX_BLOCKS_TEXT) throw new SlackError('msg_blocks_too_long');
  return { text, blocks: args.blocks as Blocks };
}
