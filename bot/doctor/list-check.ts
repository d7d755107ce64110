import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { KNOWN_ACTIONS_DATE } from '../../workflow/inspection/restricted-actions/known-actions.ts';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../workflow/inspection/restricted-actions/unknown-entries.ts';
import { countOf } from '../media/wording/phrases.ts';
import type { Check } from './check.ts';

/** As many as are read; the rest is a number. */
const MOST_NAMED = 5;

export interface ListExamination {
  restricted: readonly RestrictedAction[];
}

/** An entry that names no action protects nothing. */
export async function checkList({ restricted }: ListExamination): Promise<Check> {
  const name = 'Restricted actions';
  const unknown = unknownEntries(restricted);
  if (unknown.length === 0) {
    const found = `Each of ${countOf(restricted.length, 'entry', 'entries')} names an action that AWS had on ${KNOWN_ACTIONS_DATE}.`;
    return { name, status: 'ok', found };
  }
  const named = unknown.slice(0, MOST_NAMED).map(warnOfUnknown);
  const more = unknown.length - named.length;
  return {
    name,
    status: 'wrong',
    found: [...named, ...(more > 0 ? [`And ${more} more.`] : [])].join(' '),
    mend: 'Correct RESTRICTED_ACTIONS and run npm run deploy; an action that is newer than the list may stay.',
  };
}
