import type { types } from '@slack/bolt';
import { LIMIT } from './limits.ts';
import { cut } from './mrkdwn.ts';

export type Block = types.KnownBlock;
export type ModalView = types.ModalView;
export type HomeView = types.HomeView;

/** What `chat.postMessage` and `chat.update` take. `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks: Block[];
}

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

/**
 * Packs lines into as few sections as hold them, never cutting a line that fits into a section by itself.
 *
 * @param separator what stands between two lines of one section
 */
export function sections(lines: readonly string[], separator = '\n'): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const joined = last === undefined ? line : `${last}${separator}${line}`;
    if (last === undefined || joined.length > LIMIT.sectionText) texts.push(line);
    else texts[texts.length - 1] = joined;
  }
  return texts.map(section);
}

/** Items joined while they fit the budget, and a line that counts those that did not, with `more` that were not given. */
export function listWithin(items: readonly string[], budget: number, more = 0): string[] {
  const { shown, left } = takeWithin(items, budget);
  return left + more === 0 ? shown : [...shown, `_… and ${left + more} more._`];
}

/**
 * Takes items from the front while their text fits the budget.
 *
 * @returns the items that fit, and how many did not
 */
export function takeWithin(items: readonly string[], budget: number): { shown: string[]; left: number } {
  const shown: string[] = [];
  let used = 0;
  for (const item of items) {
    used += item.length + 2;
    if (used > budget) break;
    shown.push(item);
  }
  return { shown, left: items.length - shown.length };
}

function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text };
}

/** A button; `value` comes back with the click, and `url` opens by itself. The words are ours, or escaped. */
export function button(
  actionId: string,
  text: string,
  options: Pick<types.Button, 'value' | 'style' | 'confirm' | 'url'> = {},
): types.Button {
  return { type: 'button', action_id: actionId, text: plainText(text), ...options };
}

/** A row of buttons. */
export function actions(elements: types.Button[], blockId?: string): Block {
  return { type: 'actions', ...(blockId !== undefined && { block_id: blockId }), elements };
}

/** What Slack asks before a click counts. The words are escaped. */
export function confirm(words: { title: string; text: string; yes: string }): types.ConfirmationDialog {
  return {
    title: plainText(cut(words.title, LIMIT.confirmTitle)),
    text: plainText(cut(words.text, LIMIT.confirmText)),
    confirm: plainText(cut(words.yes, LIMIT.confirmButton)),
    deny: plainText('Cancel'),
  };
}

/** A modal that decides something has an id, by which it is heard of, and a button to submit it. */
export interface ModalOptions {
  title: string;
  blocks: Block[];
  callbackId?: string;
  /** Travels in `private_metadata`, which only Slack can write. */
  metadata?: object;
  /** What the button says that submits it; one without it only shows something. */
  submit?: string;
}

export function modal({ title, blocks, callbackId, metadata, submit }: ModalOptions): ModalView {
  return {
    type: 'modal',
    ...(callbackId !== undefined && { callback_id: callbackId }),
    ...(metadata !== undefined && { private_metadata: JSON.stringify(metadata) }),
    title: plainText(cut(title, LIMIT.modalTitle)),
    ...(submit !== undefined && { submit: plainText(submit) }),
    close: plainText(submit === undefined ? 'Close' : 'Cancel'),
    blocks,
  };
}

/** An input of several lines, alone in its block; both have the same id. */
export function textInput(
  id: string,
  { label, hint, shortest, longest }: { label: string; hint: string; shortest: number; longest: number },
): Block {
  return {
    type: 'input',
    block_id: id,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      min_length: shortest,
      max_length: longest,
    },
  };
}
