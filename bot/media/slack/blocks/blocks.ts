import type { types } from '@slack/bolt';
import { LIMIT } from './limits.ts';
import { cut } from './mrkdwn.ts';
import type { Block, Message } from './types.ts';

/** Builds a message; the fallback text is cut, for it is a summary and not the message. */
export function message(text: string, blocks: Block[]): Message {
  return { text: cut(text, LIMIT.fallbackText), blocks };
}

/** A message of one text, e.g. a short answer. `text` is markup, its foreign parts escaped. */
export function textMessage(text: string): Message {
  return message(text, [section(text)]);
}

/** `verbatim` keeps Slack from turning addresses, channel and user names in the text into links and mentions. */
function mrkdwn(text: string, max: number): types.MrkdwnElement {
  return { type: 'mrkdwn', text: cut(text, max), verbatim: true };
}

export function header(text: string): Block {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, LIMIT.headerText), emoji: true } };
}

export function section(text: string): Block {
  return { type: 'section', text: mrkdwn(text, LIMIT.sectionText) };
}

/** Key and value pairs in two columns. */
export function fields(pairs: readonly (readonly [label: string, value: string])[]): Block {
  return {
    type: 'section',
    fields: pairs
      .slice(0, LIMIT.fields)
      .map(([label, value]) => mrkdwn(`*${label}*\n${value}`, LIMIT.fieldText)),
  };
}

/** Small print. */
export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwn(text, LIMIT.sectionText)] };
}

export const divider: Block = { type: 'divider' };

/** Text without markup, for titles and buttons; not cut. */
export function plainElement(text: string): types.PlainTextElement {
  return { type: 'plain_text', text };
}

/** A button; `value` comes back with the click, and `url` opens by itself. The words are ours, or escaped. */
export function button(
  actionId: string,
  text: string,
  options: Pick<types.Button, 'value' | 'style' | 'confirm' | 'url'> = {},
): types.Button {
  return { type: 'button', action_id: actionId, text: plainElement(text), ...options };
}

/** A row of buttons. */
export function actions(elements: types.Button[], blockId?: string): Block {
  return { type: 'actions', ...(blockId !== undefined && { block_id: blockId }), elements };
}

/** What Slack asks before a click counts. The words are escaped. */
export function confirm(words: { title: string; text: string; yes: string }): types.ConfirmationDialog {
  return {
    title: plainElement(cut(words.title, LIMIT.confirmTitle)),
    text: plainElement(cut(words.text, LIMIT.confirmText)),
    confirm: plainElement(cut(words.yes, LIMIT.confirmButton)),
    deny: plainElement('Cancel'),
  };
}
