import { plainLine } from '../wording/plain-line.ts';

/**
 * The dot of anything that ends like a domain, also in the scripts that have a full stop of their own. Not that of the
 * one file of ours that e-mails name.
 */
const DOT_OF_A_DOMAIN = /(?<=[\p{L}\p{M}\p{N}])(?<!infra\/aws\/RUNBOOK)[.。．｡](?=[\p{L}\p{M}]{2}|xn--)/gu;

/**
 * Foreign text as a part of a line: one line, and with addresses and bare domains written so that no mail program
 * makes a link of them. The only links in an e-mail are ours.
 */
export function foreign(text: string): string {
  return plainLine(text).replaceAll('://', '[:]//').replace(DOT_OF_A_DOMAIN, '[.]');
}

/**
 * `Label: value`, the value being foreign text. It is one line however long it is: mail programs break lines as wide as
 * they are, and a line that begins with a label is always one that was written as such.
 */
export function field(label: string, value: string): string {
  return `${label}: ${foreign(value)}`;
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
