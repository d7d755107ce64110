import { parse as parseCsv } from 'csv-parse/sync';
import { type JsonTree, parseJsonTree } from '../../../workflow/inspection/json-tree.ts';
import { isJson, valuesIn, type WrittenValue } from './input/values.ts';
import { yamlValues } from './input/yaml-values.ts';
import { recordsIn, tableRow } from './shapes/cloudtrail.ts';
import { looksMeant } from './shapes/meant.ts';
import { type Found, partsIn } from './shapes/parts-in.ts';
import { Piece } from './shapes/piece.ts';

/** What a file holds that nothing can be said about. */
interface Unknown {
  type: 'unknown';
  /** Where it starts in the file, in characters. */
  at: number;
  text: string;
  isJson: boolean;
  /** What to do about it, where that is known. */
  reason?: string;
  /** Whether it looks like it should hold a policy or a record. */
  isMeant: boolean;
}

export type Item = Found | Unknown;

/**
 * Everything that is to be judged or counted in the text of a file, one after another.
 *
 * @param path by whose ending JSON, YAML and tables are told apart where the text leaves it open
 */
export function* itemsIn(text: string, path: string): Generator<Item> {
  if (text.trim() === '')
    yield { type: 'unknown', at: 0, text, isJson: false, isMeant: true, reason: 'It is empty.' };
  else yield* settled(found(text, path));
}

/**
 * A file may hold what has nothing to do with policies beside what has. Only when there is nothing else does that say
 * something about the file.
 */
function* settled(items: Iterable<Item>): Generator<Item> {
  let first: Unknown | undefined;
  let isFound = false;
  for (const item of items) {
    const isBeside = item.type === 'unknown' && item.isJson && !item.isMeant;
    if (!isBeside) {
      isFound = true;
      yield item;
    } else if (first === undefined) first = item;
    else yield { type: 'left-out', as: 'other-json' };
  }
  if (first !== undefined) yield isFound ? { type: 'left-out', as: 'other-json' } : first;
}

function* found(text: string, path: string): Generator<Item> {
  if (isTerraformSource(text, path)) yield terraformSource(text);
  else if (isTable(text, path)) yield* itemsInTable(text);
  else if (isUrlEncoded(text)) yield { type: 'document', text, at: 0 };
  else if (mayBeYaml(text, path)) yield* itemsInYaml(text);
  else for (const value of valuesIn(text)) yield* itemsInValue(value);
}

function* itemsInValue({ text, at, parsed }: WrittenValue): Generator<Item> {
  const isJson = parsed !== undefined;
  const records = parsed && recordsIn(parsed.value);
  if (records?.length === 0) yield { type: 'left-out', as: 'no-policy' };
  else if (records) for (const event of records) yield { type: 'event', event, at };
  else if (!isJson)
    yield { type: 'unknown', at, text, isJson, isMeant: !hasComments(text) || looksMeant(text) };
  else {
    const piece = new Piece({ text, offset: at, quoted: false, isJson: true });
    yield* orUnknown(partsIn(parseJsonTree(text), piece), { at, text, isJson });
  }
}

/** Settings of tools are JSON with comments; what should be policies or records is not. */
function hasComments(text: string): boolean {
  return /^\s*(?:\/\/|\/\*)/m.test(text);
}

function* orUnknown(
  found: Iterable<Found>,
  { at, text, isJson }: Pick<Unknown, 'at' | 'text' | 'isJson'>,
): Generator<Item> {
  let none = true;
  for (const part of found) {
    none = false;
    yield part;
  }
  // A text alone can only be meant as a document in quotes.
  if (none) yield { type: 'unknown', at, text, isJson, isMeant: /^\s*"/.test(text) || looksMeant(text) };
}

function isTerraformSource(text: string, path: string): boolean {
  return !/^\s*[[{]/.test(text) && /\.(?:tf|tofu|hcl)$/i.test(path);
}

function terraformSource(text: string): Unknown {
  const reason = 'This is a source of Terraform; inspect what `terraform show -json` prints of its plan.';
  return { type: 'unknown', at: 0, text, isJson: false, isMeant: looksMeant(text), reason };
}

function isUrlEncoded(text: string): boolean {
  return /^\s*%7B/i.test(text) && !isJson(text);
}

/** JSON is YAML too, but what is to be JSON and has a comma too many would be read as if nothing were wrong. */
function mayBeYaml(text: string, path: string): boolean {
  if (/\.(?:json|jsonl|ndjson|tfstate)(?:\.gz)?$/i.test(path) || /^\s*[[{"]/.test(text)) return false;
  return /\.(?:ya?ml|template)(?:\.gz)?$/i.test(path) || !startsLikeLog(text);
}

/** A log has a time before each record. */
function startsLikeLog(text: string): boolean {
  const [first = ''] = text.split('\n', 1);
  return first.includes('{"');
}

const NO_YAML = 'Not a policy that can be read: it is neither JSON nor YAML, or plain text.';

function* itemsInYaml(text: string): Generator<Item> {
  const isMeant = looksMeant(text);
  const values = isMeant ? yamlValues(text) : undefined;
  if (values === undefined) {
    yield { type: 'unknown', at: 0, text, isJson: false, isMeant, reason: NO_YAML };
    return;
  }
  const piece = new Piece({ text, offset: 0, quoted: false, isJson: false });
  yield* orUnknown(partsOfAll(values, piece), { at: 0, text, isJson: true });
}

function* partsOfAll(values: readonly JsonTree[], piece: Piece): Generator<Found> {
  for (const value of values) yield* partsIn(value, piece);
}

/** Athena's answers are tables, whose first line names the columns. */
function isTable(text: string, path: string): boolean {
  if (/^\s*[[{]/.test(text)) return false;
  const [head = ''] = text.split('\n', 1);
  return /\.[ct]sv(?:\.gz)?$/i.test(path) || (/^"?\w+"?[,\t][^{]*$/.test(head) && /event_?name/i.test(head));
}

const NO_RECORDS = 'This is a table without a column of records.';

function* itemsInTable(text: string): Generator<Item> {
  const [head = ''] = text.split('\n', 1);
  const rows = parseRows(text, head.includes('\t') ? '\t' : ',');
  if (rows === undefined) yield { type: 'unknown', at: 0, text, isJson: false, isMeant: true };
  else if (!/event|record|message|_raw/i.test(head)) {
    yield {
      type: 'unknown',
      at: 0,
      text,
      isJson: false,
      isMeant: text.includes('{') && looksMeant(text),
      reason: NO_RECORDS,
    };
  } else yield* rowsIn(rows);
}

function* rowsIn(rows: readonly string[][]): Generator<Item> {
  const [names = [], ...values] = rows;
  if (values.length === 0) yield { type: 'left-out', as: 'no-policy' };
  for (const row of values) {
    const piece = new Piece({ text: '', offset: 0, quoted: true, isJson: true });
    const columns = row.map((cell, index): [string, string] => [names[index] ?? '', cell]);
    for (const part of tableRow(columns, 0)) {
      if (part.type === 'text') yield* partsIn(part.text, piece);
      else if (part.type !== 'inside') yield part;
    }
  }
}

function parseRows(text: string, delimiter: string): string[][] | undefined {
  try {
    return parseCsv(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch {
    return undefined;
  }
}
