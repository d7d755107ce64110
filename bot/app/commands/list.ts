import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import type { Subcommand } from './subcommand.ts';
/** `/policy-guard` and `/policy-guard list [text]`. */
export const list: Subcommand = async ({ restricted }, { argument }) =>
  restrictedActionsMessage(restricted, argument.trim());

/** What the rest of the message needs at most: headline, set titles and footer. */
const FRAME = 1_500;

/**
 * The restricted actions, for the person who asked; the own entries first, then by named set. With their reasons
 * when there is room for them, and what one message cannot hold is counted, with the way to see it.
 *
 * @param filter only the entries whose pattern or set contains this text, without regard to case
 */
export function restrictedActionsMessage(restricted: readonly RestrictedAction[], filter = ''): Message {
  const needle = filter.toLowerCase();
  const wanted = restricted
    .filter(({ pattern, set = '' }) => pattern.toLowerCase().includes(needle) || set.includes(needle))
    .toSorted((a, b) => (a.set ?? '').localeCompare(b.set ?? ''));
  const total = `${restricted.length} restricted ${restricted.length === 1 ? 'action' : 'actions'}`;
  const title = filter === '' ? total : `${wanted.length} of ${total} contain “${plain(filter, 60)}”`;
  return message(title, [
    header(title),
    ...entryBlocks(wanted),
    context(filter !== '' && wanted.length === 0 ? NO_HIT : WHAT_FOLLOWS),
  ]);
}

const WHAT_FOLLOWS =
  'A policy that grants one of these is taken out of force until somebody decides; in observe mode it is only reported. ' +
  '`/policy-guard list s3:` shows only what contains `s3:`.';

/** Patterns are compared as text: `s3:*` restricts what `list s3:Get` does not find. */
const NO_HIT =
  'Only the text of the entries is searched: a pattern such as `s3:*` may restrict an action all the same. ' +
  '`/policy-guard list` shows all of them; `/policy-guard check ACTION` tells whether an action is restricted.';

function entryBlocks(entries: readonly RestrictedAction[]): Block[] {
  const withReasons = entries.map(
    (entry) => `• ${named(entry)}${entry.why ? ` – ${plain(entry.why, 200)}` : ''}`,
  );
  if (takeWithin(withReasons, LIMIT.messageText - FRAME).left === 0)
    return grouped(entries, withReasons, '\n');
  const patterns = entries.map(named);
  const { shown, left } = takeWithin(patterns, LIMIT.messageText - FRAME);
  const blocks = grouped(entries, shown, '  ');
  return left === 0 ? blocks : [...blocks, section(`_… and ${left} more._`)];
}

/** The entry, with its severity and its mode where the list gives them. */
function named({ pattern, severity, mode }: RestrictedAction): string {
  const given = [
    ...(severity === undefined ? [] : [`severity ${severity}`]),
    ...(mode === undefined ? [] : [MODE[mode]]),
  ];
  return given.length === 0 ? code(pattern) : `${code(pattern)} (${given.join(', ')})`;
}

const MODE = { observe: 'observed only', enforce: 'enforced' } as const;

/** One group of sections for each set; `texts` may hold fewer than there are entries. */
function grouped(entries: readonly RestrictedAction[], texts: readonly string[], separator: string): Block[] {
  const groups = new Map<string, string[]>();
  for (const [index, text] of texts.entries()) {
    const set = entries[index]?.set ?? '';
    groups.set(set, [...(groups.get(set) ?? []), text]);
  }
  return [...groups].flatMap(([set, members]) => {
    const title = set === '' ? [] : [section(`*${plain(set, 100)}*`)];
    return [...title, ...sections(members, separator)];
  });
}
