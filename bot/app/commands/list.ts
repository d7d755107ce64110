import { type RestrictedAction, SEVERITIES, type Severity } from '../../../workflow/inspection/finding.ts';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../../workflow/inspection/restricted-actions/unknown-entries.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';
import type { Subcommand } from './subcommand.ts';

/** `/policy-guard`, `/policy-guard list [text] [page N]`. */
export const list: Subcommand = async ({ restricted }, { argument }) => {
  const [, text = '', page] = /^(.*?)(?:(?:^|\s+)page\s+(\d{1,4}))?$/is.exec(argument.trim()) ?? [];
  return restrictedActionsMessage(restricted, text, page === undefined ? 1 : Number(page));
};

/** What the rest of a message needs at most: headline, set titles and footer. */
const FRAME = 2_300;

/**
 * The restricted actions, for the person who asked, the worst first: one line a set where they are more than one message
 * holds, else each with its reason; what was asked for by a text in pages.
 *
 * @param filter a set (`@data-destruction`), or text that the entry or its set contains, without regard to case
 * @param page from 1; the last one where there are fewer
 */
export function restrictedActionsMessage(
  restricted: readonly RestrictedAction[],
  filter = '',
  page = 1,
): Message {
  const wanted = restricted.filter(wantedBy(filter.toLowerCase())).toSorted(worstFirst(restricted));
  const entries = pagesOf(wanted);
  const hasOverview = filter === '' && entries.length > 1 && hasSets(restricted);
  // The overview is a page too: the entries begin on the next one.
  const pages = hasOverview ? [[], ...entries] : entries;
  const total = countOf(restricted.length, 'restricted action');
  const title = filter === '' ? total : `${wanted.length} of ${total} contain “${plain(filter, 60)}”`;
  const shown =
    hasOverview && page <= 1
      ? [...sections(setLines(wanted)), context(HOW_TO_SEE_A_SET)]
      : entryBlocks(pages, page, filter);
  return message(title, [
    header(title),
    ...warnings(restricted),
    ...shown,
    context(filter !== '' && wanted.length === 0 ? NO_HIT : WHAT_FOLLOWS),
  ]);
}

/** An entry that names no action is a slip of the finger more often than not. */
function warnings(restricted: readonly RestrictedAction[]): Block[] {
  const unknown = unknownEntries(restricted);
  const more = unknown.length - MOST_WARNINGS;
  const lines = unknown
    .slice(0, MOST_WARNINGS)
    .map((entry) => `:warning: ${plain(warnOfUnknown(entry), 300)}`);
  return lines.length === 0
    ? []
    : [section([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'))];
}

/** Together with the frame they leave room for a page of entries. */
const MOST_WARNINGS = 3;

const HOW_TO_SEE_A_SET =
  'Each by itself: `/policy-guard list @privilege-escalation`, or by service: `/policy-guard list s3:`. All: `/policy-guard list page 2`.';

const WHAT_FOLLOWS =
  'A policy that grants one of these is taken out of force until somebody decides; in observe mode it is only reported. ' +
  '`/policy-guard list s3:` shows only what contains `s3:`.';

/** Patterns are compared as text: `s3:*` restricts what `list s3:Get` does not find. */
const NO_HIT =
  'Only the text of the entries is searched: a pattern such as `s3:*` may restrict an action all the same. ' +
  '`/policy-guard list` shows all of them; `/policy-guard check ACTION` tells whether an action is restricted.';

function wantedBy(needle: string): (entry: RestrictedAction) => boolean {
  return ({ pattern, set = '' }) => pattern.toLowerCase().includes(needle) || set.includes(needle);
}

function hasSets(restricted: readonly RestrictedAction[]): boolean {
  return restricted.some(({ set }) => set !== undefined);
}

function rank({ severity }: RestrictedAction): number {
  return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

/** The set with the worst entry first, one's own before a named one where they are equal; so within each set. */
function worstFirst(restricted: readonly RestrictedAction[]) {
  const worst = new Map<string, number>();
  for (const entry of restricted) {
    const set = entry.set ?? '';
    worst.set(set, Math.min(worst.get(set) ?? SEVERITIES.length, rank(entry)));
  }
  return (one: RestrictedAction, other: RestrictedAction): number => {
    const [set, otherSet] = [one.set ?? '', other.set ?? ''];
    return (
      (worst.get(set) ?? 0) - (worst.get(otherSet) ?? 0) ||
      set.localeCompare(otherSet) ||
      rank(one) - rank(other)
    );
  };
}

/** `• @data-destruction – 166 entries: 120 critical, 46 high`. */
function setLines(entries: readonly RestrictedAction[]): string[] {
  return [...Map.groupBy(entries, ({ set = '' }) => set)].map(([set, members]) => {
    const name = set === '' ? 'Named one by one' : `*${plain(set, 100)}*`;
    const severities = SEVERITIES.map((severity): [Severity, number] => [
      severity,
      members.filter((member) => member.severity === severity).length,
    ]).filter(([, count]) => count > 0);
    const told = severities.map(([severity, count]) => `${count} ${severity}`).join(', ');
    return `• ${name} – ${countOf(members.length, 'entry', 'entries')}${told === '' ? '' : `: ${told}`}`;
  });
}

/** As many as one message holds to a page. */
function pagesOf(entries: readonly RestrictedAction[]): RestrictedAction[][] {
  const pages: RestrictedAction[][] = [];
  for (let rest = entries; rest.length > 0; ) {
    const { shown } = takeWithin(rest.map(line), LIMIT.messageText - FRAME);
    pages.push(rest.slice(0, shown.length));
    rest = rest.slice(shown.length);
  }
  return pages;
}

function entryBlocks(pages: readonly RestrictedAction[][], asked: number, filter: string): Block[] {
  const page = Math.min(Math.max(asked, 1), pages.length);
  const blocks = [...Map.groupBy(pages[page - 1] ?? [], ({ set = '' }) => set)].flatMap(([set, members]) => [
    ...(set === '' ? [] : [section(`*${plain(set, 100)}*`)]),
    ...sections(members.map(line)),
  ]);
  const left = pages.slice(page).reduce((sum, each) => sum + each.length, 0);
  if (pages.length < 2) return blocks;
  const where = `page ${page} of ${pages.length}`;
  const next = [filter, `page ${page + 1}`].filter((word) => word !== '').join(' ');
  const more = left === 0 ? '' : ` _… and ${left} more._ ${code(`/policy-guard list ${next}`, 120)} goes on.`;
  return [...blocks, section(`${where}.${more}`)];
}

/** The entry, with its severity, its mode and its reason where the list gives them. */
function line({ pattern, severity, mode, why }: RestrictedAction): string {
  const given = [
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(mode === undefined ? [] : [MODE[mode]]),
  ];
  const attributes = given.length === 0 ? '' : ` (${given.join(', ')})`;
  return `• ${code(pattern)}${attributes}${why ? ` – ${plain(why, 200)}` : ''}`;
}

const MODE = { observe: 'observed only', enforce: 'enforced' } as const;
