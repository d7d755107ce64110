import { section } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { codeBlockText, cut } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';

/**
 * Code blocks on one page: a policy within IAM's quotas fills one page or two. Slack takes views up to 250 KB and
 * counts escapes; this stays far below, whatever the characters are.
 */
const BLOCKS_PER_PAGE = 6;
const FENCE = '```';

/** Lines as code blocks, page by page; nothing is left out, and a line too long for a block is broken. */
export function listingPages(lines: readonly string[]): Block[][] {
  const blocks = pack(lines).map((text) => section(`${FENCE}${text}${FENCE}`));
  return Array.from({ length: Math.ceil(blocks.length / BLOCKS_PER_PAGE) }, (_, page) =>
    blocks.slice(page * BLOCKS_PER_PAGE, (page + 1) * BLOCKS_PER_PAGE),
  );
}

function pack(lines: readonly string[]): string[] {
  const room = LIMIT.sectionText - 2 * FENCE.length;
  const texts: string[] = [];
  let last: string | undefined;
  for (const part of lines.flatMap((line) => breakLine(codeBlockText(line) || ' ', room))) {
    if (last === undefined) last = part;
    else if (last.length + 1 + part.length <= room) last = `${last}\n${part}`;
    else {
      texts.push(last);
      last = part;
    }
  }
  return last === undefined ? texts : [...texts, last];
}

/** Breaks escaped text between characters, never inside an entity. */
function breakLine(escaped: string, room: number): string[] {
  const parts: string[] = [];
  let rest = escaped;
  while (rest.length > room) {
    const part = cut(rest, room).slice(0, -1);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
