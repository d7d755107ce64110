import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { LIMIT } from '../../media/slack/blocks/limits.ts';
import { listWithin, sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { code, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { countOf } from '../../media/wording/phrases.ts';
import type { DescribedExemption, DescribedSummary } from './words.ts';

/** What the headline, the counts and the footer need at most. */
const FRAME = 1_500;
/** Pattern, reason and end of one exemption at most. */
const HEAD = 900;

/** The daily summary of what exempt requesters have changed. What does not fit is counted. */
export function summaryMessage(summary: DescribedSummary): Message {
  const title = `${countOf(summary.count, 'change')}${summary.more ? ' or more' : ''} by exempt requesters`;
  const room = LIMIT.messageText - FRAME;
  const share = Math.max(0, Math.floor(room / summary.exemptions.length) - HEAD);
  const { shown, left } = takeWithin(
    summary.exemptions.map((exemption) => exemptionText(exemption, share)),
    room,
  );
  const rest = summary.exemptions.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return message(`${title} in the last 24 h. They were not held: the grants are in force.`, [
    header(`📋 Daily summary: ${title}`),
    section(
      `From ${localTime(summary.from)} to ${localTime(summary.to)}. They were not held: the grants are in force.`,
    ),
    ...sections(shown, '\n\n'),
    ...(left === 0
      ? []
      : [context(`${countOf(left, 'more exemption')} with ${countOf(rest, 'change')} are not shown.`)]),
    context(`What ended in this time: ${plain(summary.outcomes.join(', '), 500)}`),
  ]);
}

function exemptionText(exemption: DescribedExemption, budget: number): string {
  const { pattern, reason, until, endsSoon, count, grants } = exemption;
  const warning = endsSoon === undefined ? '' : ` · ⚠️ *the exemption ends ${endsSoon}*`;
  return [
    `${code(pattern, 300)}: ${countOf(count, 'change')}`,
    `Exempt until ${plain(until, 20)}, because: ${plain(reason, 400)}${warning}`,
    ...listWithin(
      grants.map((grant) => `• ${plain(grant, 300)}`),
      budget,
    ),
  ].join('\n');
}
