import { gunzipSync } from 'node:zlib';
import type { JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { JsonObject } from '../../../../workflow/inspection/json-tree.ts';
import type { Piece } from './piece.ts';
import type { Part, Reader } from './reader.ts';
import { isRecordAsText } from './record.ts';
import { field, textField } from './tree.ts';

/** Names under which services put bytes in base64: Kinesis, Firehose, and subscriptions of CloudWatch Logs. */
const BYTES: ReadonlySet<string> = new Set(['data', 'Data', 'rawData']);

/** More than a service sends in one message, far less than what could be packed into it. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** What was printed by this command, or is a report in another tool's words: it quotes policies and holds none. */
const report: Reader = {
  name: 'an answer of inspect or a SARIF report',
  recognises: (value) =>
    (textField(value, 'source') !== undefined &&
      typeof field(value, 'restricted') === 'boolean' &&
      Array.isArray(field(value, 'findings'))) ||
    (Array.isArray(field(value, 'runs')) && /sarif/i.test(textField(value, '$schema') ?? '')),
  *reads() {
    yield { type: 'left-out', as: 'other-json' };
  },
};

/** A hit of Elastic, an event of Splunk, an answer of `lookup-events`: the record stands in it as text. */
const recordAsText: Reader = {
  name: 'a record as text among fields that were taken out of it',
  recognises: (value) =>
    value instanceof JsonObject &&
    field(value, 'requestParameters') === undefined &&
    value.entries.some(([, inner]) => isRecordAsText(inner)),
  *reads(value, piece) {
    const entries = value instanceof JsonObject ? value.entries : [];
    const text = entries.map(([, inner]) => inner).find(isRecordAsText);
    if (text !== undefined) yield { type: 'text', text, at: piece.at(value) };
  },
};

/**
 * Anything else: SQS and SNS messages, EventBridge targets, Elastic's hits, whatever wraps what is known. It is gone
 * through value by value; a text that holds JSON, and bytes in base64, count as what they hold.
 */
const anythingElse: Reader = {
  name: 'anything else',
  recognises: () => true,
  *reads(value, piece) {
    if (Array.isArray(value)) yield* value.flatMap((each) => partOf(each, undefined, value, piece));
    else if (value instanceof JsonObject) {
      yield* value.entries.flatMap(([key, inner]) => partOf(inner, key, value, piece));
    } else if (typeof value === 'string') yield* partOf(value, undefined, value, piece);
  },
};

function partOf(value: JsonTree, key: string | undefined, within: JsonTree, piece: Piece): Part[] {
  if (typeof value !== 'string') {
    return typeof value === 'object' && value !== null
      ? [{ type: 'inside', value, ...(key !== undefined && { key }) }]
      : [];
  }
  const at = piece.at(within);
  const text = key !== undefined && BYTES.has(key) ? (unpacked(value) ?? value) : value;
  return /^\s*(?:[[{]|%7B|"\{)/i.test(text)
    ? [{ type: 'text', text, at, ...(key !== undefined && { key }) }]
    : [];
}

function unpacked(text: string): string | undefined {
  if (text.length < 16 || !/^[A-Za-z0-9+/\s]+=*\s*$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString('utf8');
  } catch {
    return undefined;
  }
}

export const wrapperReaders: readonly Reader[] = [report, recordAsText];
export const lastReader: Reader = anythingElse;
