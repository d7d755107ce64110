import type { Moment } from '../../wording/phrases.ts';
import { plainLine, plainText } from '../../wording/plain-line.ts';

/**
 * The one place where text becomes Slack markup. Everything that came from a change, a document or a profile is
 * foreign: a session name could write `<!channel>` or a link, so it passes through here and nowhere else.
 */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack's three control characters, escaped: nothing in the result can be a mention, a link or a date. */
function escapeMrkdwn(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '');
}

/** Foreign text on one line, cut to `max` characters of escaped text. */
export function plain(text: string, max: number): string {
  return cut(escapeMrkdwn(plainLine(text)), max);
}

/**
 * Foreign text as a code span, in which Slack sees no markup. Backticks become look-alikes, or the text could end
 * the span. Never empty, because Slack shows an empty span as two backticks.
 */
export function code(text: string, max = 200): string {
  return `\`${plain(withoutBackticks(text), max - 2) || ' '}\``;
}

/** Foreign text in bold. Asterisks become look-alikes, or the text could end the bold part. */
export function bold(text: string, max: number): string {
  return `*${plain(text.replaceAll('*', '∗'), max - 2) || ' '}*`;
}

/** Foreign text of several lines for the inside of a code block: escaped and not cut. */
export function codeBlockText(text: string): string {
  return escapeMrkdwn(withoutBackticks(plainText(text)));
}

/** More would push what follows out of sight. */
const QUOTED_LINES = 10;

const CUT_OFF = '… (the rest is in the ledger)';

/**
 * A reason as a quotation, each line by itself. What marks text bold, struck out or as code becomes a look-alike: a
 * reason can't write an approval of its own.
 */
export function quote(reason: string, max: number): string {
  const lines = plainText(reason)
    .split('\n')
    .map((line) => unmarked(plainLine(line)))
    .filter((line) => line !== '');
  const shown = lines.slice(0, QUOTED_LINES).map((line) => `> ${escapeMrkdwn(line)}`);
  const more = lines.length - shown.length;
  const quoted = shown.join('\n') || '> ';
  const counted = more === 0 ? '' : `\n> … and ${more} more ${more === 1 ? 'line' : 'lines'} (in the ledger)`;
  if (quoted.length + counted.length <= max) return `${quoted}${counted}`;
  return `${cut(quoted, max - CUT_OFF.length).replace(/…$/, '')}${CUT_OFF}`;
}

/** Longer than any address of a policy that IAM allows; a link that is cut off would be no link. */
const LONGEST_ADDRESS = 1_300;

/** A link of ours: the address is built by us from encoded parts, the label may be foreign. */
export function link(url: string, label: string, max = 200): string {
  const address = url.replace(/[<>|\s]/g, encodeURIComponent);
  const text = plain(label.replaceAll('|', '¦'), max) || ' ';
  return address.length > LONGEST_ADDRESS ? text : `<${address}|${text}>`;
}

/** A moment in the reader's own time zone, with UTC for clients that cannot format dates. */
export function localTime(moment: Moment): string {
  return `<!date^${moment.unix}^{date_short_pretty} at {time_secs}|${moment.text}>`;
}

/** The same without seconds, where room is short. */
export function localMinute(moment: Moment): string {
  return `<!date^${moment.unix}^{date_short_pretty} at {time}|${moment.text}>`;
}

/** Cuts escaped text without splitting an entity or a surrogate pair. */
export function cut(escaped: string, max: number): string {
  if (escaped.length <= max) return escaped;
  const kept = escaped.slice(0, max - 1).replace(/&[a-z]{0,3}$/, '');
  return `${kept.replace(/[\ud800-\udbff]$/, '')}…`;
}

function unmarked(text: string): string {
  return withoutBackticks(text).replaceAll('*', '∗').replaceAll('~', '∼');
}

function withoutBackticks(text: string): string {
  return text.replaceAll('`', 'ˋ');
}
