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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Reads JSON text in linear time, keeping duplicate keys, however deep it is nested. `JSON.parse` judges the
 * syntax; the text is then known to be valid and is only walked again.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseJsonTree(text: string): JsonTree {
  JSON.parse(text);
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
