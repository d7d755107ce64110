/** A JSON object with every key as often as it is written; `JSON.parse` would keep only the last of each. */
export class JsonObject {
  readonly entries: [key: string, value: JsonTree][] = [];
  /** Where the object stands in the text, from `start` up to, not including, `end`. */
  readonly start: number;
  end = 0;

  constructor(start: number) {
    this.start = start;
  }
}

export type JsonTree = null | boolean | number | string | JsonTree[] | JsonObject;

/** A value of which each object is either a `JsonObject` or, where no key is written twice, as `JSON.parse` makes it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject | PlainObject;
export interface PlainObject {
  [key: string]: JsonValue;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads JSON text without losing a key. Most texts write no key twice, and what `JSON.parse` makes of those is
 * whole: many times faster than a `JsonTree`.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJson(text: string): JsonValue {
  const value: JsonValue = JSON.parse(text);
  return writesKeysOnce(text, value) ? value : readTree(text);
}

export function isObject(value: JsonValue | undefined): value is JsonObject | PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every key with its value, as often as it is written. */
export function entriesOf(object: JsonObject | PlainObject): [key: string, value: JsonValue][] {
  return object instanceof JsonObject ? object.entries : Object.entries(object);
}

/**
 * A key that is written again leaves its characters and its quotes in the text and nothing in the value, so these are
 * counted. Where a backslash may stand for other characters, nothing is known.
 */
function writesKeysOnce(text: string, value: JsonValue): boolean {
  if (text.includes('\\')) return false;
  const measure = new Measure();
  measure.add(value, 0);
  if (measure.characters === text.length) return true;
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes++;
  return measure.strings * 2 === quotes;
}

/** Deeper than any policy is. */
const DEEPEST = 16;

/** What a value takes at least to be written; NaN where that is not known. */
class Measure {
  /** Keys and other strings. */
  strings = 0;
  /** Without white space between the tokens. */
  characters = 0;

  add(value: JsonValue, depth: number): void {
    if (typeof value === 'string') this.addString(value);
    else if (typeof value === 'number') this.characters = Number.NaN;
    else if (typeof value === 'boolean' || value === null) this.characters += String(value).length;
    else if (depth > DEEPEST) this.strings = this.characters = Number.NaN;
    else if (Array.isArray(value)) this.addItems(value, depth + 1);
    else this.addEntries(value as PlainObject, depth + 1);
  }

  private addString(text: string): void {
    this.strings++;
    this.characters += text.length + '""'.length;
  }

  private addItems(items: readonly JsonValue[], depth: number): void {
    this.characters += '[]'.length + Math.max(0, items.length - 1);
    for (const item of items) {
      if (typeof item === 'string') this.addString(item);
      else this.add(item, depth);
    }
  }

  private addEntries(object: PlainObject, depth: number): void {
    let entries = 0;
    for (const key in object) {
      entries++;
      this.addString(key);
      this.add(object[key] as JsonValue, depth);
    }
    this.characters += '{}'.length + entries + Math.max(0, entries - 1);
  }
}

/**
 * Reads JSON text in linear time, keeping duplicate keys, however deep it is nested. `JSON.parse` judges the
 * syntax; the text is then known to be valid and is only walked again.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJsonTree(text: string): JsonTree {
  JSON.parse(text);
  return readTree(text);
}

function readTree(text: string): JsonTree {
  const root: JsonTree[] = [];
  const builder = new TreeBuilder(root);
  let at = 0;
  while (at < text.length) at = readToken(text, at, builder);
  return root[0] as JsonTree;
}

function readToken(text: string, at: number, builder: TreeBuilder): number {
  switch (text[at]) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ',':
    case ':':
      return at + 1;
    case '{':
      builder.open(new JsonObject(at));
      return at + 1;
    case '[':
      builder.open([]);
      return at + 1;
    case '}':
    case ']':
      builder.close(at + 1);
      return at + 1;
    case '"': {
      const end = endOfString(text, at);
      builder.addString(readString(text, at, end));
      return end;
    }
    default: {
      const end = endOfScalar(text, at);
      builder.add(JSON.parse(text.slice(at, end)));
      return end;
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1;
  }
  return at + 1;
}

function readString(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? JSON.parse(text.slice(start, end)) : inner;
}

function endOfScalar(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && !',]} \t\n\r'.includes(text.charAt(at))) at++;
  return at;
}

/** Keeps its own stack: recursion would overflow on a document of 65,536 nested lists. */
class TreeBuilder {
  private readonly stack: (JsonTree[] | JsonObject)[];
  private readonly keys: (string | undefined)[] = [undefined];

  constructor(root: JsonTree[]) {
    this.stack = [root];
  }

  open(container: JsonTree[] | JsonObject): void {
    this.add(container);
    this.stack.push(container);
    this.keys.push(undefined);
  }

  close(end: number): void {
    const container = this.stack.pop();
    this.keys.pop();
    if (container instanceof JsonObject) container.end = end;
  }

  addString(value: string): void {
    const isKey = this.stack.at(-1) instanceof JsonObject && this.keys.at(-1) === undefined;
    if (isKey) this.keys[this.keys.length - 1] = value;
    else this.add(value);
  }

  add(value: JsonTree): void {
    const container = this.stack.at(-1);
    if (container instanceof JsonObject) {
      container.entries.push([this.keys.at(-1) ?? '', value]);
      this.keys[this.keys.length - 1] = undefined;
    } else container?.push(value);
  }
}
