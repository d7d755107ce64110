import { JsonObject, type JsonValue, type PlainObject, parseJsonTree } from './json-tree.ts';
import { readStatements } from './policy-document.ts';
import type { Statement } from './statement.ts';

/** Long enough for any condition that a person reads; the rest of a longer one stays in the document. */
const CONDITION_CHARACTERS = 2_000;

/** Quotes conditions as a document writes them, without white space, cut where they grow too long. */
export class ConditionQuotes {
  private readonly text: string;
  /** The statements with their places in the text; read when a condition can't be quoted without. */
  private placed: readonly Statement[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The first condition of a statement, which has one. */
  of({ index, conditions }: Statement): string {
    const condition = conditions[0] as JsonValue;
    if (typeof condition !== 'object' || condition === null) return JSON.stringify(condition);
    if (Array.isArray(condition)) return '"[…]"';
    if (condition instanceof JsonObject) return cut(compact(this.text.slice(condition.start, condition.end)));
    if (isWrittenAlike(condition)) return cut(JSON.stringify(condition));
    this.placed ??= readStatements(parseJsonTree(this.text));
    return this.of(this.placed[index] as Statement);
  }
}

function compact(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*"?)|\s+/g, '$1');
}

function cut(text: string): string {
  return text.length > CONDITION_CHARACTERS ? `${text.slice(0, CONDITION_CHARACTERS)}…` : text;
}

/**
 * Does `JSON.stringify` certainly write the value as the document does, which has no backslash? Numbers can be
 * written in many ways, and keys that are numbers move to the front.
 */
function isWrittenAlike(value: JsonValue): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return typeof value !== 'number';
  if (Array.isArray(value)) return value.every(isWrittenAlike);
  return Object.entries(value as PlainObject).every(
    ([key, item]) => key.isWellFormed() && !/^\d/.test(key) && isWrittenAlike(item),
  );
}
