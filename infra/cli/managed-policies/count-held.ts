import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { onlyKnown } from '../../../workflow/inspection/restricted-actions/only-known.ts';
import { parseList } from '../../../workflow/inspection/restricted-actions/parse-list.ts';
import type { ManagedPolicy } from './read-managed-policies.ts';

/** The lists that are compared, as one would write them. */
const LISTS = [
  '@unseen',
  '@unseen,@broad',
  '@privilege-escalation',
  '@data-destruction',
  '@data-exposure',
  '@detection-evasion',
  '@resource-policy',
];

/** Entries with wildcards, as many write them: the sets have none. */
const PATTERNS = 'iam:*Policy*,kms:Schedule*,lambda:*Permission,s3:Delete*,*:Delete*,ec2:Terminate*';

/** How many policies a list holds. */
interface Held {
  list: string;
  entries: number;
  held: number;
}

/** @returns for each list, how many of the policies are held with it */
export function countHeld(policies: readonly ManagedPolicy[]): Held[] {
  const patterns = (['restricted', 'allowed'] as const).map((unknown) => ({
    list: `${PATTERNS}, UNKNOWN_ACTIONS=${unknown}`,
    actions: onlyKnown(parseList(PATTERNS).actions, unknown),
  }));
  return [...LISTS.map((list) => ({ list, ...parseList(list) })), ...patterns].map(({ list, actions }) => {
    const isHeld = ({ document }: ManagedPolicy) => inspectDocument(document, actions).restricted;
    return { list, entries: actions.length, held: policies.filter(isHeld).length };
  });
}

/** The table for people, and for Markdown. */
export function heldAsText(counts: readonly Held[], policies: number): string {
  const rows = counts.map(({ list, entries, held }) => {
    const share = policies === 0 ? 0 : Math.round((100 * held) / policies);
    return `| \`${list}\` | ${entries} | ${held} of ${policies} (${share} %) |`;
  });
  return ['| list | entries | held |', '| --- | --- | --- |', ...rows, ''].join('\n');
}
