import { countOf } from './count-of.ts';
import type { ApprovalsView } from './describe-approvals.ts';
import { enumerate } from './phrases.ts';

/** Enough names for any number of approvals that may be required. */
const MOST_NAMES = 10;

/** `2 approvals are needed, 1 is there (Ada), 1 is missing`; what a request still waits for, in one clause. */
export function describeMissing({ needed, missing, votes }: ApprovalsView): string {
  const needs = `${countOf(needed, 'approval')} ${needed === 1 ? 'is' : 'are'} needed`;
  if (votes.length === 0) return `${needs}, none is there yet`;
  const names = enumerate(
    votes.map(({ name }) => name),
    MOST_NAMES,
  );
  return `${needs}, ${votes.length} ${votes.length === 1 ? 'is' : 'are'} there (${names}), ${missing} missing`;
}
