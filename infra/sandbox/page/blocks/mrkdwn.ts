import { parseControl } from './control.ts';
import { decodeEntities } from './entities.ts';
import type { Inline } from './inline.ts';

const MARKERS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Marker = keyof typeof MARKERS;

const isMarker = (character: string | undefined): character is Marker =>
  character === '*' || character === '_' || character === '~';
const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

/**
 * Parses one run of mrkdwn without fences and quotes. Ours, because people decide on what stands here: the library
 * that there is (slack-blocks-to-jsx 1.1) shows `s3:Delete*` as `s3:Delete**`, reads parts of an ARN as emoji, and
 * escaped text as mentions.
 *
 * @param source as it stands in a text object: control characters escaped
 * @param verbatim keeps addresses from becoming links
 * @param within the markers that are open around it; a marker does not nest in itself
 */
export function parseInline(source: string, verbatim = false, within = ''): Inline[] {
  const result: Inline[] = [];
  let plain = '';
  let position = 0;
  const flush = () => {
    if (plain !== '') result.push({ type: 'text', text: decodeEntities(plain) });
    plain = '';
  };
  while (position < source.length) {
    const found = readAt(source, position, verbatim, within);
    if (found === undefined) {
      plain += source[position];
      position += 1;
      continue;
    }
    flush();
    result.push(found.inline);
    position = found.end;
  }
  flush();
  return result;
}

type Found = { inline: Inline; end: number } | undefined;

function readAt(source: string, position: number, verbatim: boolean, within: string): Found {
  const character = source[position];
  if (character === '`') return readCode(source, position);
  if (character === '<') return readControl(source, position);
  if (character === 'h' && !verbatim && !isWord(source[position - 1])) return readAddress(source, position);
  if (isMarker(character) && !within.includes(character)) {
    const end = findMarked(source, position, character);
    if (end === undefined) return undefined;
    const children = parseInline(source.slice(position + 1, end), verbatim, within + character);
    return { inline: { type: MARKERS[character], children }, end: end + 1 };
  }
  return undefined;
}

function match(pattern: RegExp, source: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(source);
}

function readCode(source: string, position: number): Found {
  const found = match(/`([^`\n]+)`/y, source, position);
  return found
    ? { inline: { type: 'code', text: decodeEntities(found[1] ?? '') }, end: position + found[0].length }
    : undefined;
}

function readControl(source: string, position: number): Found {
  const found = match(/<([^<>\n]+)>/y, source, position);
  return found ? { inline: parseControl(found[1] ?? ''), end: position + found[0].length } : undefined;
}

function readAddress(source: string, position: number): Found {
  const found = match(/https?:\/\/[^\s<>`*~]+/y, source, position);
  if (!found) return undefined;
  const address = found[0].replace(/(?:[.,;:!?)\]}'"]|&gt;)+$/, '');
  const url = decodeEntities(address);
  return { inline: { type: 'link', url, text: url }, end: position + address.length };
}

/** A marker opens at the edge of a word and closes at the edge of one, on the same line. */
function findMarked(source: string, position: number, marker: Marker): number | undefined {
  if (isWord(source[position - 1]) || isSpace(source[position + 1])) return undefined;
  return findClose(source, position, marker);
}

function findClose(source: string, open: number, marker: Marker): number | undefined {
  for (let position = open + 1; position < source.length; position += 1) {
    const character = source[position];
    if (character === '\n') return undefined;
    const skipped = character === '`' ? readCode(source, position) : readControlIf(source, position);
    if (skipped) {
      position = skipped.end - 1;
      continue;
    }
    const closes = character === marker && position > open + 1 && !isSpace(source[position - 1]);
    if (closes && !isWord(source[position + 1])) return position;
  }
  return undefined;
}

function readControlIf(source: string, position: number): Found {
  return source[position] === '<' ? readControl(source, position) : undefined;
}
