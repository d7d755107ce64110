import type { JsonTree } from '../../../workflow/inspection/json-tree.ts';
import { parseJsonTree } from '../../../workflow/inspection/json-tree.ts';
import { looksLikePolicy, looksLikeStatement, policiesInside } from './policies-inside.ts';

/** One thing to judge in a file; `index` counts from 0 when the file may hold several. */
export type Item =
  | { type: 'event'; index?: number; event: unknown }
  | { type: 'document'; index?: number; text: string }
  /** Neither a policy nor an event, or no JSON at all; `text` is all there is. */
  | { type: 'unknown'; index?: number; text: string; isJson: boolean };

/** Finds the policy documents and events in the text of a file. Documents keep the bytes they are written in. */
export function* itemsIn(text: string): Generator<Item> {
  const content = text.replace(/^\uFEFF/, '');
  const value = parse(content);
  if (value !== undefined) yield* itemsInValue(value.json, content);
  else if (isOneALine(content)) yield* itemsInLines(content);
  else yield { type: 'unknown', text: content, isJson: false };
}

function* itemsInValue(value: unknown, text: string): Generator<Item> {
  const records = recordsIn(value);
  if (records) yield* records.map((event, index): Item => ({ type: 'event', index, event }));
  else if (isEvent(value)) yield { type: 'event', event: value };
  else if (typeof value === 'string') yield { type: 'document', text: value };
  else yield* documentsIn(parseJsonTree(text), text);
}

function* documentsIn(tree: JsonTree, text: string): Generator<Item> {
  const statements = Array.isArray(tree) ? tree : [tree];
  if (looksLikePolicy(tree) || statements.some(looksLikeStatement)) {
    yield { type: 'document', text };
    return;
  }
  const inside = policiesInside(tree, text);
  if (inside.length === 0) yield { type: 'unknown', text, isJson: true };
  const isOne = inside.length === 1 && !Array.isArray(tree);
  yield* inside.map(
    (document, index): Item => ({ type: 'document', text: document, ...(!isOne && { index }) }),
  );
}

/** A log file of CloudTrail, what `aws cloudtrail lookup-events` prints, or a list of events. */
function recordsIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value.some(isEvent) ? value : undefined;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.Records)) return value.Records;
  const looked = Array.isArray(value.Events) ? value.Events : [];
  const written = looked.map((event) => (isObject(event) ? event.CloudTrailEvent : undefined));
  return written.some((text) => typeof text === 'string')
    ? written.map((text) => (typeof text === 'string' ? parse(text)?.json : undefined))
    : undefined;
}

function isEvent(value: unknown): boolean {
  if (!isObject(value)) return false;
  return typeof value.eventName === 'string' || (isObject(value.detail) && 'eventName' in value.detail);
}

function isOneALine(text: string): boolean {
  const [first, second] = text.trimStart().split('\n', 2);
  return second !== undefined && first !== undefined && isObject(parse(first)?.json);
}

function* itemsInLines(text: string): Generator<Item> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const value = parse(line);
    if (value === undefined) yield { type: 'unknown', index, text: line, isJson: false };
    else for (const item of itemsInValue(value.json, line)) yield { ...item, index };
  }
}

function parse(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
