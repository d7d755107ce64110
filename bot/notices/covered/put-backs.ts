import type { PutBacks } from '../../../workflow/ledger/request.ts';
import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { field, foreign, parts } from '../../media/email/lines.ts';
import { textMessage } from '../../media/slack/blocks/blocks.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { DescribedChange } from '../../media/wording/describe-change.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/** How a put-back is told: `loud` once for a request, and then seldom, so that a loop does not bury the thread. */
type Telling = 'as-covered' | 'loud' | 'in-thread' | 'not';

/**
 * @param claimed whether this execution is the one that tells it loudly
 */
export function howToTell({ count }: PutBacks, claimed: boolean): Telling {
  if (count < 2) return 'as-covered';
  if (claimed) return 'loud';
  return Number.isInteger(Math.log2(count)) ? 'in-thread' : 'not';
}

/** @param loud whether it calls the whole channel */
export function putBacksMessage(change: DescribedChange, putBacks: PutBacks, loud: boolean): Message {
  const call = loud ? '<!channel> ' : '';
  return textMessage(`⚠️ ${call}*${plain(happens(change, putBacks), 600)}* ${plain(WHAT_TO_DO, 400)}`);
}

/** The same by e-mail. */
export function putBacksEmail(change: DescribedChange, putBacks: PutBacks, requestId: string): Email {
  return {
    subject: subjectLine(`URGENT: put back again and again: ${change.policyName}`),
    text: parts(
      foreign(happens(change, putBacks)),
      WHAT_TO_DO,
      field('Request', requestId),
      changePart(change),
    ),
  };
}

function happens({ policy }: DescribedChange, { count, by, shareInForce }: PutBacks): string {
  const share = Math.round(100 * shareInForce);
  return `${policy} was put back ${count} times while its request waits, this time by ${plainLine(by)}, and was in force for ${share}% of the time.`;
}

const WHAT_TO_DO =
  'It is taken out each time. Take the right to write policies from whoever does this: deactivate their access keys, revoke their sessions, or deny it by a service control policy.';
