import { lettersOf } from '../../../workflow/inspection/statement.ts';

/** One line of a document as it is shown, and the statement it belongs to, counted from 0 as the inspection counts. */
export interface DocumentLine {
  text: string;
  statement?: number;
  /**
   * The element of the statement that it holds, or holds a text of; its name as `lettersOf` reads it, e.g. `action`.
   * Missing for whatever is nested deeper, where the inspection reads nothing as that element.
   */
  element?: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"?|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s"{}[\],:]+/gs;

/**
 * Lays a policy document out for reading: line breaks and indentation only. Works on the text and not on parsed
 * JSON, which would drop duplicate keys and escapes, the very things a reviewer has to see. What does not look like
 * JSON comes out as it is.
 */
export function layOut(document: string): DocumentLine[] {
  if (!/^\s*[{[]/.test(document)) return document.split('\n').map((text) => ({ text }));
  const layout = new Layout();
  for (const [token] of document.matchAll(TOKEN)) layout.take(token);
  return layout.finish();
}

/** An open bracket, and the key it stands under; empty for the root and for elements of an array. */
interface Open {
  bracket: string;
  key: string;
}

class Layout {
  readonly #lines: DocumentLine[] = [];
  readonly #open: Open[] = [];
  #text = '';
  /** The string that was read last: a key, once a colon follows. */
  #last = '';
  #key = '';
  #statements = 0;
  /** How many brackets are open outside the statement that is being read; none is read while it is undefined. */
  #outside: number | undefined;

  take(token: string): void {
    switch (token) {
      case ',':
        this.#text += token;
        this.#endLine();
        break;
      case ':':
        this.#text += ': ';
        this.#key = this.#last;
        break;
      case ']':
      case '}':
        this.#leave(token);
        break;
      default:
        this.#takeValue(token);
    }
  }

  finish(): DocumentLine[] {
    this.#endLine();
    return this.#lines;
  }

  #takeValue(token: string): void {
    if (this.#startsStatement(token)) {
      this.#outside = this.#open.length;
      this.#statements += 1;
    }
    this.#text += token;
    this.#last = token.startsWith('"') ? token : '';
    if (token !== '{' && token !== '[') return;
    this.#open.push({ bracket: token, key: this.#key });
    this.#pushLine();
  }

  #leave(bracket: string): void {
    this.#pushLine();
    this.#open.pop();
    this.#text = '  '.repeat(this.#open.length) + bracket;
    // The list of statements has ended, and its bracket is no statement's.
    if (this.#outside !== undefined && this.#open.length < this.#outside) this.#outside = undefined;
  }

  #endLine(): void {
    this.#pushLine();
    if (this.#outside !== undefined && this.#open.length <= this.#outside) this.#outside = undefined;
  }

  #pushLine(): void {
    if (this.#text.trim() !== '') {
      const statement = this.#outside === undefined ? {} : { statement: this.#statements - 1 };
      this.#lines.push({ text: this.#text, ...statement, ...this.#element() });
    }
    this.#text = '  '.repeat(this.#open.length);
    this.#last = '';
    this.#key = '';
  }

  #element(): Pick<DocumentLine, 'element'> {
    if (this.#outside === undefined) return {};
    const [statement, list, ...deeper] = this.#open.slice(this.#outside);
    if (statement?.bracket !== '{' || deeper.length > 0 || list?.bracket === '{') return {};
    const element = lettersOf(readString(list?.key ?? this.#key));
    return element === '' ? {} : { element };
  }

  /** `{ "Statement": [ …` and `{ "Statement": …`: whatever stands there counts as one, as it does when inspected. */
  #startsStatement(token: string): boolean {
    const [root, block] = this.#open;
    if (this.#outside !== undefined || root?.bracket !== '{') return false;
    if (this.#open.length === 2) return block?.bracket === '[' && isStatementKey(block.key);
    return this.#open.length === 1 && isStatementKey(this.#key) && !token.startsWith('[');
  }
}

function isStatementKey(key: string): boolean {
  return lettersOf(readString(key)) === 'statement';
}

/** @returns what a JSON string stands for; a text that is none, as it is */
export function readString(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text; // Not a JSON string: a document that is shown may be anything.
  }
}
