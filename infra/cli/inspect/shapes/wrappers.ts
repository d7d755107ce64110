import { JsonObject } from '../../../../workflow/inspection/json-tree.ts';
import type { Reader } from './reader.ts';
import { isRecordAsText } from './record.ts';
import { field, textField } from './tree.ts';
import { partsInside } from './values-inside.ts';

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
    yield* partsInside(value, piece);
  },
};

export const wrapperReaders: readonly Reader[] = [report, recordAsText];
export const lastReader: Reader = anythingElse;
