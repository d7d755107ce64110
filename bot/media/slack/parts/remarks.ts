import type { DescribedRemark } from '../../wording/describe-remarks.ts';
import { sections } from '../blocks/lists.ts';
import { mentionVoter } from '../blocks/mentions.ts';
import { localTime, plain, quote } from '../blocks/mrkdwn.ts';
import type { Block } from '../blocks/types.ts';

/** Characters of each remark where all are listed; its thread and the page of Details have it in full. */
const LISTED = 300;

/** Who says it, and what. */
export function remarkText(remark: DescribedRemark, max: number): string {
  return `💬 ${mentionVoter(remark)} ${remark.verb}:\n${quote(remark.text, max)}`;
}

/** Everything that was said; nothing where nobody has said anything. */
export function remarkBlocks(remarks: readonly DescribedRemark[], max = LISTED): Block[] {
  if (remarks.length === 0) return [];
  const lines = remarks.map(
    (each) => `${mentionVoter(each)} ${each.verb} · ${localTime(each.at)}\n${quote(each.text, max)}`,
  );
  return sections(['*Asked and answered*', ...lines]);
}

/** The newest, on one line: `💬 @Dana answers: the migration of …`. */
export function newestRemark(remarks: readonly DescribedRemark[], max: number): string[] {
  const newest = remarks.at(-1);
  return newest === undefined
    ? []
    : [`💬 ${mentionVoter(newest)} ${newest.verb}: ${plain(newest.text, max)}`];
}
