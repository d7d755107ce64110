import { sha256 } from '../../../workflow/inspection/packed-document.ts';
import { type Grant, type InventoryEntry, isUnasked } from '../../../workflow/ledger/inventory.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { standingOf } from '../../approvers/standing.ts';
import { header, message, textMessage } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { listWithin, sections } from '../../media/slack/blocks/lists.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { entityPhrase, policyName } from '../../media/wording/describe-change.ts';
import { countOf, enumerate, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
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
 * before the guard, or too many came at once. `baseline ask ID|all`, for approvers, puts them to the channel.
 */
export const baseline = inChannelOnly(async (deps, { argument, userId, channel }) => {
  const grants = unaskedIn(await deps.ledger.listRestrictedInventory());
  const [, wanted] = /^ask\s+(\S+)$/i.exec(argument.replaceAll('`', '').trim()) ?? [];
  if (wanted === undefined) return listMessage(grants, argument.trim().toLowerCase());
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

/** What the headline and the advice need at most. */
const FRAME = 500;

function listMessage(grants: readonly Unasked[], text: string): Message {
  const lines = grants.map(line).filter((each) => each.toLowerCase().includes(text));
  if (lines.length === 0)
    return textMessage('There is no such restricted grant in force that nobody was asked about.');
  const title = `${countOf(lines.length, 'restricted grant')} in force that nobody was asked about`;
  const advice = 'An approver puts one to the channel: `/policy-guard baseline ask ID`.';
  return message(title, [
    header(title),
    ...sections([...listWithin(lines, LIMIT.messageText - FRAME), advice]),
  ]);
}

const MOST_HOLDERS = 3;

function line({ id, entry, grant: { target, since, asked } }: Unasked): string {
  const on = target.type === 'managed-policy' ? '' : ` on ${entityPhrase(target)}`;
  const holders = entry.kind === 'policy' ? (entry.members ?? []).map(plainLine) : [];
  const held = holders.length === 0 ? '' : `, held by ${plain(enumerate(holders, MOST_HOLDERS), 300)}`;
  const soon = asked ? ' – asked about with the next sweep' : '';
  return `• ${code(id, 10)} ${plain(policyName(target), 150)}${plain(on, 150)}${held}, seen since ${localTime(moment(since))}${soon}`;
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
