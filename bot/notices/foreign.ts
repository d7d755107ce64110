import type { Ended } from '../../workflow/steps/payloads.ts';
import { subjectLine } from '../media/email/email.ts';
import { foreign } from '../media/email/lines.ts';
import { textMessage } from '../media/slack/blocks/blocks.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import { audit, messengerIds } from './delivery/audit.ts';
import type { NotifyDeps } from './delivery/deps.ts';
import { inform } from './informed/inform.ts';
import type { ForeignUnread } from './payload.ts';

const TITLE = 'An event of an account that is not guarded was refused';

/** What was refused, although nobody can tell what it was about. */
export async function announceForeign(
  deps: NotifyDeps,
  { detail, executionArn }: ForeignUnread,
  retryCount: number,
): Promise<Ended> {
  const told = await inform(deps, {
    of: 'ended before anybody was asked',
    information: { id: executionArn, who: 'another account', ended: 'refused', what: detail.slice(0, 200) },
    requestId: undefined,
    retryCount,
    message: textMessage(`ℹ️ *${TITLE}.* ${plain(detail, 700)}`),
    email: () => deps.email.send({ subject: subjectLine(TITLE), text: foreign(detail) }),
  });
  const ids = { ...messengerIds(told), executionArn };
  await audit(deps, { event: 'outcome.announced', detail: `foreign: ${detail}`, ...ids });
  return { outcome: 'foreign', reason: detail };
}
