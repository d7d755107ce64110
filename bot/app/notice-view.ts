import { type ModalView, section } from '../slack/blocks/blocks.ts';
import { cut, plain } from '../slack/blocks/mrkdwn.ts';

/** Slack's limit for titles of modals. */
const LONGEST_TITLE = 24;

/**
 * A modal that only says something.
 *
 * @param text not escaped
 */
export function noticeView(title: string, text: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: cut(title, LONGEST_TITLE) },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [section(plain(text, 2_000) || ' ')],
  };
}
