import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Part, Reader } from './reader.ts';
import { isRecord, isRecordAsText, lettersOf } from './record.ts';
import { field, listField, objectOf, plain, textField } from './tree.ts';

/**
 * The records of what CloudTrail itself writes: a log file, a list of records, one record, an EventBridge event.
 * Looks no deeper, so that an archive is read about as fast as it can be parsed.
 *
 * @param value as `JSON.parse` gives it
 * @returns undefined when it is something else
 */
export function recordsIn(value: unknown): readonly unknown[] | undefined {
  if (isPlainRecord(value)) return [value];
  const records = Array.isArray(value) ? value : recordsOf(value);
  return records && (records.some(isPlainRecord) || isEmptyLog(value, records)) ? records : undefined;
}

function isPlainRecord(value: unknown): boolean {
  return isRecord(value) && !Object.values(value as object).some(isRecordAsText);
}

function recordsOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null || !('Records' in value)) return undefined;
  return Array.isArray(value.Records) ? value.Records : undefined;
}

function isEmptyLog(value: unknown, records: readonly unknown[]): boolean {
  return !Array.isArray(value) && records.length === 0;
}

const record: Reader = {
  name: 'a CloudTrail record or EventBridge event',
  recognises: (value) => value instanceof JsonObject && isRecord(shallow(value)),
  *reads(value, piece) {
    yield { type: 'event', event: plain(value), at: piece.at(value) };
  },
};

/** Enough of an object to recognise a record, without turning all of it into something else. */
function shallow(value: JsonObject): Record<string, unknown> {
  const entries = value.entries.map(([key, inner]) => {
    if (key === 'detail' && inner instanceof JsonObject) return [key, shallow(inner)];
    return [key, typeof inner === 'string' ? inner : null];
  });
  return Object.fromEntries(entries);
}

/** A list of records of which some are none. */
const logFile: Reader = {
  name: 'a CloudTrail log file',
  recognises: (value) => listField(value, 'Records').some((each) => record.recognises(each, undefined)),
  *reads(value, piece) {
    for (const each of listField(value, 'Records')) {
      yield { type: 'event', event: plain(each), at: piece.at(each) };
    }
  },
};

/** Lake answers `[[{"eventName": "…"}, {"eventTime": "…"}], …]`: a row is a list of columns. */
const lakeRows: Reader = {
  name: 'rows of CloudTrail Lake',
  recognises: (value) => Array.isArray(field(value, 'QueryResultRows')),
  *reads(value, piece) {
    const rows = listField(value, 'QueryResultRows');
    if (rows.length === 0) yield { type: 'left-out', as: 'no-policy' };
    for (const row of rows) {
      const columns = (Array.isArray(row) ? row : [row]).flatMap((column) =>
        column instanceof JsonObject ? column.entries : [],
      );
      yield* tableRow(columns, piece.at(Array.isArray(row) ? row[0] : row));
    }
  },
};

/** Athena answers a first row of names, then rows of values. */
const athenaRows: Reader = {
  name: 'rows of Athena',
  recognises: (value) => Array.isArray(field(value, 'ResultSet', 'Rows')),
  *reads(value, piece) {
    const [head, ...rows] = listField(value, 'ResultSet', 'Rows').map((row) =>
      listField(row, 'Data').map((cell) => textField(cell, 'VarCharValue') ?? ''),
    );
    if (rows.length === 0) yield { type: 'left-out', as: 'no-policy' };
    for (const row of rows) {
      yield* tableRow(
        row.map((cell, index) => [head?.[index] ?? '', cell]),
        piece.at(value),
      );
    }
  },
};

/** Logs Insights answers `[[{"field": "@message", "value": "…"}, …], …]`. */
const insightsRows: Reader = {
  name: 'rows of CloudWatch Logs Insights',
  recognises: (value) => listField(value, 'results').some((row) => Array.isArray(row) && isCell(row[0])),
  *reads(value, piece) {
    for (const row of listField(value, 'results')) {
      const cells = Array.isArray(row) ? row : [];
      yield* tableRow(
        cells.map((cell) => [textField(cell, 'field') ?? '', field(cell, 'value') ?? null]),
        piece.at(cells[0]),
      );
    }
  },
};

function isCell(tree: JsonTree | undefined): boolean {
  return textField(tree, 'field') !== undefined;
}

/**
 * @param columns names and values of one row
 * @param at where the row stands in the file
 */
export function* tableRow(
  columns: readonly (readonly [name: string, value: JsonTree])[],
  at: number,
): Generator<Part> {
  const whole = columns.map(([, value]) => value).filter(isRecordAsText);
  const names = new Set(columns.map(([name]) => lettersOf(name)));
  if (whole.length > 0) yield* whole.map((text): Part => ({ type: 'text', text, at }));
  else if (names.has('eventname') && names.has('requestparameters')) {
    yield { type: 'event', event: plain(objectFrom(columns)), at };
  } else
    yield {
      type: 'unjudged',
      at,
      reason: `The row has no column that holds a record. ${columnsSay(columns)}`,
    };
}

function objectFrom(columns: readonly (readonly [name: string, value: JsonTree])[]): JsonObject {
  return objectOf(Object.fromEntries(columns));
}

function columnsSay(columns: readonly (readonly [name: string, value: JsonTree])[]): string {
  const names = columns.map(([name]) => name.slice(0, 40)).slice(0, 10);
  return `Its columns are ${names.join(', ')}; select eventJson, @message or all columns.`;
}

/** Lies beside log files and says what they should hash to. */
const digest: Reader = {
  name: 'a digest of CloudTrail',
  recognises: (value) =>
    field(value, 'digestStartTime') !== undefined && Array.isArray(field(value, 'logFiles')),
  *reads() {
    yield { type: 'left-out', as: 'other-json' };
  },
};

/** What CloudTrail and the places that keep its records write, most common first. */
export const cloudTrailReaders: readonly Reader[] = [
  record,
  logFile,
  lakeRows,
  athenaRows,
  insightsRows,
  digest,
];
