import type { Change } from '../../../workflow/events/change.ts';
import type { ApprovalRequest, Surroundings } from '../../../workflow/ledger/request.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { layOut } from '../../media/wording/document-lines.ts';
import { countOf, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import { type KeptDocument, readKept } from './kept-document.ts';
import { type DiffLine, diffLines } from './line-diff.ts';
import { listingPages } from './listing.ts';
/** What the change changed: `+` before a line that came, `-` before one that went. */
export function differencePages(difference: DescribedDifference): Block[][] {
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

/** What the change changed, line by line, or why that cannot be told, in one sentence. */
export type DescribedDifference =
  | { before: string; lines: DiffLine[]; same: 'nothing' | 'all-but-layout' | 'all' }
  | { why: string };

/** @param reviewed the document that the change put in force */
export function describeDifference(
  { change, surroundings }: Pick<ApprovalRequest, 'change' | 'surroundings'>,
  reviewed: KeptDocument,
): DescribedDifference {
  const before = surroundings?.before;
  if (before?.document === undefined) return { why: whyNoBefore(change, surroundings) };
  const old = readKept(before.document, '');
  if ('missing' in old) return { why: old.missing };
  if ('missing' in reviewed) return { why: `There is nothing to compare with. ${reviewed.missing}` };
  const [left, right] = [old.text, reviewed.text].map((text) => layOut(text).map((line) => line.text)) as [
    string[],
    string[],
  ];
  const lines = diffLines(left, right);
  if (lines === undefined) return { why: tooLong(left, right, old.text, reviewed.text) };
  const differs = lines.some(({ kind }) => kind === 'added' || kind === 'removed');
  const same = differs ? 'nothing' : old.text === reviewed.text ? 'all' : 'all-but-layout';
  const since = before.since === undefined ? '' : ` since ${moment(before.since).text}`;
  return { before: `${plainLine(before.label)}${since}`, lines, same };
}

function whyNoBefore({ eventName, target }: Change, surroundings: Surroundings | undefined): string {
  const before = surroundings?.before;
  if (eventName === 'CreatePolicy') return 'The policy was created new: nothing was in force before.';
  if (target.type === 'attachment') {
    return before?.since === undefined
      ? 'The policy was attached as a whole.'
      : `The policy was attached already, since ${moment(before.since).text}: nothing differs.`;
  }
  if (before?.since !== undefined) return 'What was in force before is too large to be shown.';
  if (before !== undefined) return 'Nothing stood there before.';
  if (target.type === 'inline-policy') {
    return 'IAM keeps no history of inline policies, and the inventory did not know what stood there before.';
  }
  if (surroundings === undefined) return 'What was in force before could not be read.';
  return 'What was in force before could not be read from IAM, or has been deleted.';
}

function tooLong(left: string[], right: string[], before: string, after: string): string {
  const size = (lines: string[], text: string) => `${lines.length} lines, ${text.length} characters`;
  return `The two are too long to be compared line by line: before ${size(left, before)}; after ${size(right, after)}.`;
}
