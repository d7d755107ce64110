interface Token {
  kind: 'key' | 'string' | 'other';
  text: string;
}

const STRING = /"(?:[^"\\]|\\.)*"?/gs;

/**
 * Cuts a JSON text into pieces to colour. Joined, the pieces are the text again, byte for byte, whether or not it is
 * JSON.
 */
export function tokenizeJson(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(STRING)) {
    if (match.index > end) tokens.push({ kind: 'other', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    tokens.push({ kind: /^\s*:/.test(text.slice(end, end + 20)) ? 'key' : 'string', text: match[0] });
  }
  if (end < text.length) tokens.push({ kind: 'other', text: text.slice(end) });
  return tokens;
}
