import { gunzipSync } from 'node:zlib';
import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Piece } from './piece.ts';
import type { Part } from './reader.ts';

/** Names under which services put bytes in base64: Kinesis, Firehose, and subscriptions of CloudWatch Logs. */
const BYTES: ReadonlySet<string> = new Set(['data', 'Data', 'rawData']);

/** More than a service sends in one message, far less than what could be packed into it. */
const MOST_UNPACKED = 64 * 1024 * 1024;

/** What stands in a value, each to be recognised by itself: values, texts that may hold JSON, bytes in base64. */
export function* partsInside(value: JsonTree, piece: Piece): Generator<Part> {
  if (Array.isArray(value)) for (const each of value) yield* partOf(each, undefined, value, piece);
  else if (value instanceof JsonObject) yield* partsBeside(value, piece, []);
  else if (typeof value === 'string') yield* partOf(value, undefined, value, piece);
}

/** The same of an object, but for the keys that were read already. */
export function* partsBeside(value: JsonTree, piece: Piece, read: readonly string[]): Generator<Part> {
  const entries = value instanceof JsonObject ? value.entries : [];
  for (const [key, inner] of entries) if (!read.includes(key)) yield* partOf(inner, key, value, piece);
}

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
