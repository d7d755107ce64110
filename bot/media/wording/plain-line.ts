/**
 * Control, bidirectional, invisible and unpaired characters: with these, a session name could start a new line, turn
 * the text around or hide a part of it.
 */
const TREACHEROUS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0]/gu;

/**
 * Foreign text (names, ARNs, reasons) as one honest line: white space becomes single spaces, and what can't be seen
 * is written out as `\u{…}`. Not escaped for any medium; each renderer does its own.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\t\n\v\f\r ]+/g, ' ')
    .trim()
    .replace(TREACHEROUS, writtenOut);
}

/** The same for a text of several lines: its line breaks and tabs stay. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(TREACHEROUS, (found) => (/[\n\t]/.test(found) ? found : writtenOut(found)));
}

/** @returns at most `length` UTF-16 units, ending in an ellipsis where something is missing */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  // A cut between two halves of a character would leave a half.
  return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function writtenOut(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
