import type { Ended } from '../../workflow/steps/payloads.ts';
import { changePart } from '../media/email/change-part.ts';
import { type Email, subjectLine } from '../media/email/email.ts';
import { foreign, parts } from '../media/email/lines.ts';
import { header, message, section } from '../media/slack/blocks/blocks.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../media/slack/blocks/types.ts';
import { changeFields } from '../media/slack/parts/change-fields.ts';
import { type DescribedChange, describeChange } from '../media/wording/describe-change.ts';
import { audit, messengerIds } from './delivery/audit.ts';
import type { NotifyDeps } from './delivery/deps.ts';
import { inform } from './informed/inform.ts';
import type { EndedEarly } from './payload.ts';

const TITLE: Readonly<Record<EndedEarly['status'], string>> = {
  superseded: 'Superseded',
  gone: 'Gone',
  approved: 'Put back, approved before',
  'own-change': 'Policy Guard’s own change',
  'aws-managed': 'Changed by AWS itself',
  foreign: 'Of an account that is not guarded',
};

/** After a number of changes. */
const IN_BRIEF: Readonly<Record<EndedEarly['status'], string>> = {
  superseded: 'superseded',
  gone: 'gone',
  approved: 'put back as approved before',
  'own-change': 'by Policy Guard itself',
  'aws-managed': 'by AWS itself',
  foreign: 'of an account that is not guarded',
};

export function endedEarlyMessage(
  change: DescribedChange,
  outcome: EndedEarly['status'],
  detail: string,
): Message {
  const text = `${plain(change.title, 400)}. Nobody was asked: ${plain(detail, 500)}`;
  return message(text, [
    header(`ℹ️ ${TITLE[outcome]}: ${plain(change.policyName, 120)}`),
    section(text),
    changeFields(change),
  ]);
}

export function endedEarlyEmail(
  change: DescribedChange,
  outcome: EndedEarly['status'],
  detail: string,
): Email {
  const text = `Ended early: ${foreign(change.title)}. Nobody was asked: ${foreign(detail)}`;
  return { subject: subjectLine(`${outcome}: ${change.policyName}`), text: parts(text, changePart(change)) };
}

/** There is no request to close: the change was gone before anybody could be asked. */
export async function announceEarlyEnd(
  deps: NotifyDeps,
  { status, detail, change, inspection, executionArn }: EndedEarly,
  retryCount: number,
): Promise<Ended> {
  const described = describeChange(change, inspection);
  const { requestId, eventId } = change;
  const told = await inform(deps, {
    of: 'ended before anybody was asked',
    information: {
      id: executionArn,
      who: described.who,
      ended: IN_BRIEF[status],
      what: described.title,
    },
    requestId,
    retryCount,
    message: endedEarlyMessage(described, status, detail),
    email: () => deps.email.send(endedEarlyEmail(described, status, detail)),
  });
  await audit(deps, {
    event: 'outcome.announced',
    requestId,
    detail: `${status}: ${detail}`,
    ...messengerIds(told),
    ...{ eventId, executionArn },
  });
  return { outcome: status, reason: detail };
}
