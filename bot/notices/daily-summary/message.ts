import {
  context,
  header,
  type Message,
  message,
  section,
  sections,
  takeWithin,
} from '../../slack/blocks/blocks.ts';
import { LIMIT } from '../../slack/blocks/limits.ts';
import { code, localTime, plain } from '../../slack/blocks/mrkdwn.ts';
import { countOf } from '../../wording/phrases.ts';
import type { ExemptionView, SummaryView } from './words.ts';

/** What the headline, the counts and the footer need at most. */
const FRAME = 1_500;
/** Pattern, reason and end of one exemption at most. */
const HEAD = 900;

/** The daily summary of what exempt requesters have changed. What does not fit is countOf. */
export function summaryMessage(view: SummaryView): Message {
  const title = `${countOf(view.count, 'change')}${view.more ? ' or more' : ''} by exempt requesters`;
  const room = LIMIT.messageText - FRAME;
  const share = Math.max(0, Math.floor(room / view.exemptions.length) - HEAD);
  const { shown, left } = takeWithin(
    view.exemptions.map((exemption) => exemptionText(exemption, share)),
    room,
  );
  const rest = view.exemptions.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return message(`${title} in the last 24 h. They were not held: the grants are in force.`, [
    header(`📋 Daily summary: ${title}`),
    section(
      `From ${localTime(view.from)} to ${localTime(view.to)}. They were not held: the grants are in force.`,
    ),
    ...sections(shown, '\n\n'),
    ...(left === 0
      ? []
      : [context(`${countOf(left, 'more exemption')} with ${countOf(rest, 'change')} are not shown.`)]),
    context(`What ended in this time: ${plain(view.outcomes.join(', '), 500)}`),
  ]);
}

function exemptionText(exemption: ExemptionView, budget: number): string {
  const { pattern, reason, until, endsSoon, count, grants } = exemption;
  const warning = endsSoon === undefined ? '' : ` · ⚠️ *the exemption ends ${endsSoon}*`;
  const { shown, left } = takeWithin(
    grants.map((grant) => `• ${plain(grant, 300)}`),
    budget,
  );
  return [
    `${code(pattern, 300)}: ${countOf(count, 'change')}`,
    `Exempt until ${plain(until, 20)}, because: ${plain(reason, 400)}${warning}`,
    ...shown,
    ...(left === 0 ? [] : [`_… and ${left} more._`]),
  ].join('\n');
}
