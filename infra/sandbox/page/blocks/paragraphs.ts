import { decodeEntities } from './entities.ts';
import type { Inline } from './inline.ts';
import { parseInline } from './mrkdwn.ts';

export type Paragraph =
  | { type: 'paragraph' | 'quote'; children: Inline[] }
  | { type: 'preformatted'; text: string };

/** Parses a whole mrkdwn text: fences first, then quoted lines, then what stands inside a line. */
export function parseMrkdwn(source: string, verbatim = false): Paragraph[] {
  // Splitting at a group: every odd piece is what stood between two fences.
  return source.split(/```([\s\S]*?)```/).flatMap((piece, index): Paragraph[] => {
    if (index % 2 === 1)
      return [{ type: 'preformatted', text: decodeEntities(piece.replace(/^\n|\n$/g, '')) }];
    return piece.trim() === '' ? [] : parseLines(piece.replace(/^\n|\n$/g, ''), verbatim);
  });
}

const QUOTE = /^(?:>|&gt;) ?/;

function parseLines(text: string, verbatim: boolean): Paragraph[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = QUOTE.test(line);
    const last = runs.at(-1);
    const content = quoted ? line.replace(QUOTE, '') : line;
    if (last?.quoted === quoted) last.lines.push(content);
    else runs.push({ quoted, lines: [content] });
  }
  return runs.map(({ quoted, lines }) => ({
    type: quoted ? 'quote' : 'paragraph',
    children: parseInline(lines.join('\n'), verbatim),
  }));
}
