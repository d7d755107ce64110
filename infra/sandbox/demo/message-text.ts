import type { SlackMessageState } from '../api/contract.ts';

type Json = Record<string, unknown>;

/** A Block Kit message as a terminal can show it: texts in order, buttons in brackets. */
export function messageText({ blocks, text }: SlackMessageState): string {
  const lines = blocks.flatMap(blockLines);
  return (lines.length > 0 ? lines : [text]).map((line) => `  │ ${line}`).join('\n');
}

function blockLines(block: Json): string[] {
  if (block.type === 'divider') return ['─'.repeat(40)];
  if (block.type === 'actions') return [(block.elements as Json[]).map(label).join('  ')];
  const texts = [block.text, ...((block.fields ?? block.elements ?? []) as Json[])];
  return texts.flatMap((each) => (each === undefined ? [] : plain(textOf(each)).split('\n')));
}

function label(element: Json): string {
  return `[ ${textOf(element)} ]`;
}

function textOf(value: unknown): string {
  const text = (value as Json).text;
  return typeof text === 'object' && text !== null ? String((text as Json).text) : String(text ?? '');
}

/** Slack's markup without its signs: links become their text, dates what they fall back to. */
function plain(mrkdwn: string): string {
  return mrkdwn
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[^|>]*\|([^>]*)>/g, '$1')
    .replace(/`([^`]*)`|\*([^*\n]+)\*/g, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
