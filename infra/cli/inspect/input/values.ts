/** A value that stands in a text, or what stands there instead of one. */
export interface WrittenValue {
  text: string;
  /** Where it starts in the whole text, in characters. */
  at: number;
  /** What `JSON.parse` makes of it; missing when it is not JSON. */
  parsed?: Parsed;
}

/** In an object of its own, because a value may be null. */
interface Parsed {
  value: unknown;
}

/**
 * The JSON values of a text: one, one a line, or one after another without anything between them, as Firehose writes
 * them. What is not JSON is a value too, so that it can be told; short texts around values, such as the time that
 * `aws logs tail` writes before each, are let be.
 */
export function* valuesIn(text: string): Generator<WrittenValue> {
  const parsed = parse(text);
  if (parsed) yield { text, at: 0, parsed };
  else if (startsWithLine(text)) yield* lines(text);
  else yield* sequence(text, 0);
}

function startsWithLine(text: string): boolean {
  const [first, second] = text.trimStart().split('\n', 2);
  return second !== undefined && first !== undefined && /^[[{]/.test(first) && isJson(first);
}

function* lines(text: string): Generator<WrittenValue> {
  let at = 0;
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      const parsed = parse(line);
      if (parsed) yield { text: line, at, parsed };
      else yield* sequence(line, at);
    }
    at += line.length + 1;
  }
}

/** @param offset of the text in the whole */
function* sequence(text: string, offset: number): Generator<WrittenValue> {
  const found = [...bracketed(text)];
  if (found.length === 0) {
    yield { text, at: offset };
    return;
  }
  let read = 0;
  for (const { start, end } of found) {
    yield* between(text.slice(read, start), offset + read);
    const value = text.slice(start, end);
    const parsed = parse(value);
    yield { text: value, at: offset + start, ...(parsed && { parsed }) };
    read = end;
  }
  yield* between(text.slice(read), offset + read);
}

const LONGEST_PREFIX = 300;

function* between(text: string, at: number): Generator<WrittenValue> {
  const isPrefix = text.length <= LONGEST_PREFIX && !/["{}[\]]/.test(text);
  if (!isPrefix) yield { text, at };
}

/** The stretches from an opening bracket to the one that closes it, where brackets in quotes do not count. */
function* bracketed(text: string): Generator<{ start: number; end: number }> {
  let depth = 0;
  let start = 0;
  const tokens = /[{[]|[}\]]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/g;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [found] = token;
    if (found === '{' || found === '[') {
      if (depth++ === 0) start = token.index;
    } else if (found === '}' || found === ']') {
      if (depth > 0 && --depth === 0) yield { start, end: tokens.lastIndex };
    }
  }
}

export function isJson(text: string): boolean {
  return parse(text) !== undefined;
}

function parse(text: string): Parsed | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
