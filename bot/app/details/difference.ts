import { type Block, context, section } from '../../slack/blocks/blocks.ts';
import { plain } from '../../slack/blocks/mrkdwn.ts';
import { countOf } from '../../wording/phrases.ts';
import type { DescribedDetails } from './describe-details.ts';
import type { DiffLine } from './line-diff.ts';
import { listingPages } from './listing.ts';

/** What the change changed: `+` before a line that came, `-` before one that went. */
export function differencePages({ difference }: DescribedDetails): Block[][] {
  if ('why' in difference) return [[section(plain(difference.why, 500))]];
  const { before, lines, same } = difference;
  const note = context(
    `Compared with what was in force before: ${plain(before, 200)}. + was added, - was removed; lines that both have are folded.`,
  );
  if (same === 'all') return [[note, section('Nothing differs: the two are the same, byte for byte.')]];
  if (same === 'all-but-layout') return [[note, section('Nothing differs but white space and commas.')]];
  return listingPages(lines.map(diffLine)).map((blocks) => [note, ...blocks]);
}

const SIGN = { same: ' ', added: '+', removed: '-' } as const;

function diffLine(line: DiffLine): string {
  if (line.kind === 'folded') return `  … ${countOf(line.count, 'line')} that did not change`;
  return `${SIGN[line.kind]} ${line.text}`;
}
