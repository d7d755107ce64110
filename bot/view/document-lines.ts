/** One line of a document as it is shown, and the statement it belongs to, counted from 0. */
export interface DocumentLine {
  text: string;
  statement?: number;
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

class Layout {
  readonly #lines: DocumentLine[] = [];
  /** The keys under which the open brackets stand; empty for the root and for elements of an array. */
  readonly #open: string[] = [];
  #text = '';
  #key = '';
  #statement = -1;

  take(token: string): void {
    if (token === '{' || token === '[') this.#enter(token);
    else if (token === '}' || token === ']') this.#leave(token);
    else if (token === ',') {
      this.#text += token;
      this.#endLine();
    } else if (token === ':') this.#text += ': ';
    else {
      this.#text += token;
      this.#key = token.startsWith('"') ? token.slice(1, -1) : '';
    }
  }

  finish(): DocumentLine[] {
    this.#endLine();
    return this.#lines;
  }

  #enter(bracket: string): void {
    this.#text += bracket;
    this.#open.push(this.#key);
    if (bracket === '{' && this.#startsStatement()) this.#statement += 1;
    this.#endLine();
  }

  #leave(bracket: string): void {
    this.#endLine();
    this.#open.pop();
    this.#text = '  '.repeat(this.#open.length) + bracket;
  }

  #endLine(): void {
    if (this.#text.trim() !== '') {
      this.#lines.push(
        this.#inStatement() ? { text: this.#text, statement: this.#statement } : { text: this.#text },
      );
    }
    this.#text = '  '.repeat(this.#open.length);
    this.#key = '';
  }

  /** `{ "Statement": [ {` and `{ "Statement": {`. */
  #startsStatement(): boolean {
    const [, outer, inner] = this.#open;
    return outer === 'Statement' && (this.#open.length === 2 || (this.#open.length === 3 && inner === ''));
  }

  #inStatement(): boolean {
    return this.#statement >= 0 && this.#open[1] === 'Statement';
  }
}
