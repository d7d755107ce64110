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

/** What Slack asks before a click counts. The words are escaped. */
export function confirm({
  title,
  text,
  yes,
}: {
  title: string;
  text: string;
  yes: string;
}): types.ConfirmationDialog {
  const said = (words: string, max: number): types.PlainTextElement => ({
    type: 'plain_text',
    text: cut(words, max),
  });
  return {
    title: said(title, LIMIT.confirmTitle),
    text: said(text, LIMIT.confirmText),
    confirm: said(yes, LIMIT.confirmButton),
    deny: said('Cancel', LIMIT.confirmButton),
  };
}
