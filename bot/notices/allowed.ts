import type { Judgement } from '../../workflow/steps/payloads.ts';
import { changePart } from '../media/email/change-part.ts';
import { type Email, subjectLine } from '../media/email/email.ts';
import { foreign, parts } from '../media/email/lines.ts';
import { message, section } from '../media/slack/blocks/blocks.ts';
import { plain } from '../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../media/slack/blocks/types.ts';
import { changeFields } from '../media/slack/parts/change-fields.ts';
import { type DescribedChange, describeChange } from '../media/wording/describe-change.ts';
import { plainLine } from '../media/wording/plain-line.ts';
import { audit, type Messenger, messengerIds } from './delivery/audit.ts';
import type { NotifyDeps } from './delivery/deps.ts';
import { NotDeliveredError } from './delivery/errors.ts';
import { inform } from './informed/inform.ts';

/** A change that was let through, told because `NOTIFY_ALLOWED` asks for it. */
interface DescribedAllowed extends DescribedChange {
  /** Why it was let through, in one sentence. */
  reason: string;
}

/** @returns undefined when the event was no change that could be told */
function describeAllowed({ change, reason }: Judgement): DescribedAllowed | undefined {
  return change === undefined ? undefined : { ...describeChange(change), reason: plainLine(reason) };
}

export function allowedMessage(allowed: DescribedAllowed): Message {
  const text = `🟢 Allowed: ${plain(allowed.title, 400)}. ${plain(allowed.reason, 400)}`;
  return message(text, [section(text), changeFields(allowed)]);
}

export function allowedEmail(allowed: DescribedAllowed): Email {
  const text = `Allowed: ${foreign(allowed.title)}. ${foreign(allowed.reason)}`;
  return { subject: subjectLine(`allowed: ${allowed.policyName}`), text: parts(text, changePart(allowed)) };
}

/**
 * The AnnounceAllowed step: tells of a harmless change, where `NOTIFY_ALLOWED` says.
 *
 * @throws SlackRateLimitedError, NotDeliveredError
 */
export async function announceAllowed(
  deps: NotifyDeps,
  { state, retryCount }: { state: Judgement; retryCount: number },
): Promise<void> {
  const { change, reason } = state;
  const allowed = describeAllowed(state);
  if (change === undefined || allowed === undefined || deps.settings.NOTIFY_ALLOWED === 'off') return;
  const told = await tell(deps, allowed, { requestId: change.requestId, retryCount });
  const how = 'ts' in told ? 'in Slack' : 'by e-mail';
  await audit(deps, {
    ...{ event: 'outcome.announced', requestId: change.requestId, eventId: change.eventId },
    ...{ detail: `allowed, told ${how}: ${reason}`, ...messengerIds(told) },
  });
}

async function tell(
  deps: NotifyDeps,
  allowed: DescribedAllowed,
  trying: { requestId: string; retryCount: number },
): Promise<Messenger> {
  const email = () => deps.email.send(allowedEmail(allowed));
  if (deps.settings.NOTIFY_ALLOWED === 'email') {
    return email().catch((cause) => {
      throw new NotDeliveredError('SNS did not take the notice.', cause);
    });
  }
  const { who, title } = allowed;
  return inform(deps, {
    of: 'let through',
    information: { id: trying.requestId, who, ended: 'let through', what: title },
    ...trying,
    message: allowedMessage(allowed),
    email,
  });
}
