import { sha256 } from '../../../workflow/inspection/packed-document.ts';
import {
  type Grant,
  holdersOf,
  type InventoryEntry,
  isRecent,
  isUnasked,
} from '../../../workflow/ledger/inventory.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { standingOf } from '../../approvers/standing.ts';
import { header, message, textMessage } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { listWithin, sections } from '../../media/slack/blocks/lists.ts';
import { code } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { grantLine } from '../../notices/sweep/message.ts';
import { describeGrant, FOR_LONGER, LATELY } from '../../notices/sweep/words.ts';
import type { BotDeps } from '../deps.ts';
import { inChannelOnly } from './subcommand.ts';

/** A restricted grant that is in force, and nobody was asked about. */
interface Unasked {
  entry: InventoryEntry;
  key: string;
  grant: Grant;
  /** Short enough to be typed. */
  id: string;
}

/**
 * `/policy-guard baseline [text]`: the restricted grants in force that nobody was asked about, because they were there
 * before the guard, too many came at once, or they count only now. `baseline ask ID|all`, for approvers, puts them to the channel.
 */
export const baseline = inChannelOnly(async (deps, { argument, userId, channel }) => {
  const grants = unaskedIn(await deps.ledger.listRestrictedInventory());
  const [, wanted] = /^ask\s+(\S+)$/i.exec(argument.replaceAll('`', '').trim()) ?? [];
  if (wanted === undefined) {
    if (grants.length === 0 && (await deps.ledger.readSweepState()) === undefined) return NEVER_SWEPT;
    return listMessage(grants, argument.trim().toLowerCase(), deps.now());
  }
  const decider = await lookUpDecider(deps.slack, deps.settings, { userId, channel });
  if (standingOf(decider, deps.settings) !== 'approver') {
    return textMessage(
      'Only approvers may put grants to the channel, and it is not certain that you are one.',
    );
  }
  return ask(deps, wanted === 'all' ? grants : grants.filter(({ id }) => id === wanted), userId);
});

function unaskedIn(entries: readonly InventoryEntry[]): Unasked[] {
  return entries
    .flatMap((entry) =>
      Object.entries(entry.grants)
        .filter(([, grant]) => isUnasked(grant))
        .map(([key, grant]) => ({ entry, key, grant, id: sha256(key).slice(0, 8) })),
    )
    .toSorted((one, other) => (one.grant.since < other.grant.since ? 1 : -1));
}

/** Nothing is known to be in force, which is not the same as that nothing is. */
const NEVER_SWEPT = textMessage(
  'The account was never swept, so what is in force is not known yet. The first sweep comes within a quarter of an hour of the deployment.',
);

/** What the headline, the advice and the headings need at most. */
const FRAME = 600;

/** What came into force lately comes first. */
function listMessage(grants: readonly Unasked[], text: string, now: Date): Message {
  const named = grants
    .map((each) => ({ line: line(each), isLate: isRecent(each.grant, now) }))
    .filter((each) => each.line.toLowerCase().includes(text));
  if (named.length === 0)
    return textMessage('There is no such restricted grant in force that nobody was asked about.');
  const title = `${countOf(named.length, 'restricted grant')} in force that nobody was asked about`;
  const advice = 'An approver puts one to the channel: `/policy-guard baseline ask ID`.';
  const part = (heading: string, late: boolean) => {
    const [first, ...others] = named.filter(({ isLate }) => isLate === late).map((each) => each.line);
    // With the first of them, so that what is left out counts grants alone.
    return first === undefined ? [] : [`*${heading}: ${others.length + 1}*\n${first}`, ...others];
  };
  const lines = [...part(LATELY, true), ...part(FOR_LONGER, false)];
  return message(title, [
    header(title),
    ...sections([...listWithin(lines, LIMIT.messageText - FRAME), advice]),
  ]);
}

function line({ id, entry, grant }: Unasked): string {
  const soon = grant.asked ? ' – asked about with the next sweep' : '';
  return `• ${code(id, 10)} ${grantLine(describeGrant({ ...grant, holders: holdersOf(entry) }))}${soon}`;
}

async function ask({ ledger, now, settings }: BotDeps, grants: readonly Unasked[], slackUserId: string) {
  let count = 0;
  for (const { entry, key } of grants)
    if (await ledger.askAboutGrant(entry.kind, entry.name, key)) count += 1;
  if (count === 0) return textMessage('There is no such grant. `/policy-guard baseline` lists them.');
  const detail = `Restricted grants to be asked about: ${count}.`;
  const who = { slackUserId, slackTeamId: settings.SLACK_TEAM_ID };
  await ledger.audit({ at: now().toISOString(), event: 'baseline.asked', detail, ...who });
  const what = count === 1 ? 'The grant is' : `${count} grants are`;
  return textMessage(
    `${what} taken out of force and asked about with the next sweep, within a quarter of an hour.`,
  );
}
