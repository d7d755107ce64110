import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { code, link, localTime, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { accountName } from '../../media/wording/account-name.ts';
import { type DescribedEscalation, RUNBOOK } from './words.ts';

/** What an escalation says beside what has happened. */
type EscalationSettings = Pick<Settings, 'RUNBOOK_URL' | 'ACCOUNT_NAMES'>;

/** The heading of the runbook that it names, as an address ends with it. */
const RUNBOOK_SECTION = '#a-change-ended-in-failure';

/**
 * The loudest message there is: what is in danger, whose change it is, and what to do in one line. What failed and where
 * is small, below.
 *
 * @param loud whether it calls the whole channel: the first message of an incident does
 */
export function escalationMessage(
  described: DescribedEscalation,
  settings: EscalationSettings = { RUNBOOK_URL: undefined, ACCOUNT_NAMES: [] },
  loud = true,
): Message {
  const { title, danger, failure, executionArn, executionUrl } = described;
  const call = loud ? '<!channel> ' : '';
  return message(`${call}🚨 ${plain(title, 200)}. ${plain(danger, 300)}`, [
    header(`🚨 ${plain(title, 140)}`),
    section(
      [
        `${call}*${plain(danger, 300)}*`,
        ...whatChanged(described, settings),
        whatToDo(described, settings),
      ].join('\n'),
    ),
    context(
      [
        ...(failure === undefined ? [] : [code(failure, 400)]),
        `${link(executionUrl, 'Execution in the AWS console')} · ${code(executionArn, 300)}`,
      ].join('\n'),
    ),
  ]);
}

function whatChanged(
  { change, accountAlias }: DescribedEscalation,
  { ACCOUNT_NAMES }: EscalationSettings,
): string[] {
  if (change === undefined) return [];
  const { who, whoUrl, title, consoleUrl, policyName, account, when } = change;
  const parts = [
    `${link(whoUrl, who, 200)} ${plain(title.slice(who.length), 400)}`,
    link(consoleUrl, policyName, 150),
    plain(accountName(account, ACCOUNT_NAMES, accountAlias), 60),
    localTime(when),
  ];
  return [parts.join(' · ')];
}

/** With the runbook's address where people have said where they keep it. */
function whatToDo({ whatToDo }: DescribedEscalation, { RUNBOOK_URL }: EscalationSettings): string {
  const text = `*What to do:* ${plain(whatToDo, 600)}`;
  if (RUNBOOK_URL === undefined) return text;
  return text.replace(RUNBOOK, link(`${RUNBOOK_URL}${RUNBOOK_SECTION}`, 'the runbook says how'));
}
