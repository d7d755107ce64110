import { plainLine } from '../wording/plain-line.ts';

/** What mail programs show without breaking lines on their own. */
const WIDTH = 76;

/**
 * Foreign text as a part of a line: one line, and with addresses written so that no mail program makes a link of
 * them. The only links in an e-mail are ours.
 */
export function foreign(text: string): string {
  return plainLine(text)
    .replaceAll('://', '[:]//')
    .replace(/\bwww\./gi, 'www[.]');
}

/**
 * Breaks a text at spaces. All lines but the first are indented, so that a line which begins with a label is always
 * one that was written as such, whatever the text says.
 */
export function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** `Label: value`, the value being foreign text. */
export function field(label: string, value: string): string {
  return wrap(`${label}: ${foreign(value)}`);
}

/** `Label: address`, on one line however long it is: an address of ours, to be opened. */
export function address(label: string, url: string): string {
  return `${label}: ${url}`;
}

/** A heading and its lines. */
export function part(heading: string, lines: readonly string[]): string {
  return [heading.toUpperCase(), ...lines].join('\n');
}

/** Parts of an e-mail with an empty line between them; those that are empty are left out. */
export function parts(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}
