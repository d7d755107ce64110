import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { code, link, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import { callerDetails, changeFields } from '../../media/slack/parts/change-fields.ts';
import type { DescribedEscalation } from './words.ts';

/** The loudest message there is, and the only one that calls the whole channel. */
export function escalationMessage(described: DescribedEscalation): Message {
  const { title, danger, failure, whatToDo, change, executionArn, executionUrl } = described;
  return message(`<!channel> 🚨 ${plain(title, 200)}. ${plain(danger, 300)}`, [
    header(`🚨 ${plain(title, 140)}`),
    section(`<!channel> *${plain(danger, 300)}*`),
    ...(change === undefined ? [] : [section(plain(change.title, 400)), changeFields(change)]),
    ...(failure === undefined ? [] : [section(`*What failed*\n${code(failure, 900)}`)]),
    section(`*What to do*\n${plain(whatToDo, 600)}`),
    ...(change === undefined ? [] : callerDetails(change)),
    context(`${link(executionUrl, 'Execution in the AWS console')} · ${code(executionArn, 300)}`),
  ]);
}
