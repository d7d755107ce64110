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
 * A key that is written again leaves its quotes in the text and nothing in the value, so the two are counted. Where
 * a backslash may hide a quote, nothing is known.
 */
function writesKeysOnce(text: string, value: JsonValue): boolean {
  if (text.includes('\\')) return false;
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes++;
  return quotes === 2 * countStrings(value, 0);
}

/** Deeper than any policy is. */
const DEEPEST = 16;

/** How many keys and strings there are; NaN when the value is too deep to be walked. */
function countStrings(value: JsonValue, depth: number): number {
  if (typeof value === 'string') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > DEEPEST) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += typeof item === 'string' ? 1 : countStrings(item, depth + 1);
    return count;
  }
  const object = value as PlainObject;
  for (const key in object) count += 1 + countStrings(object[key] as JsonValue, depth + 1);
  return count;
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
