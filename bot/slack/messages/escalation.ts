import type { EscalationView } from '../../view/describe-escalation.ts';
import type { Message } from './blocks.ts';
import { context, header, message, section } from './blocks.ts';
import { callerDetails, changeFields } from './change-fields.ts';
import { code, link, plain } from './mrkdwn.ts';

/** The loudest message there is, and the only one that calls the whole channel. */
export function escalationMessage(view: EscalationView): Message {
  const { title, danger, failure, whatToDo, change, executionArn, executionUrl } = view;
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
