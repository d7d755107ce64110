import { strangersAmong } from '../../../workflow/account/sns/subscriptions.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { type DecisionLinks, decisionLinks } from '../../media/email/decision-part.ts';
import type { Email, SentEmail } from '../../media/email/email.ts';
import { named } from '../../media/wording/account-name.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import type { NotifyDeps } from '../delivery/deps.ts';

/** A request that waits, as an e-mail with the links that there may be. */
export type ToEmail = (request: DescribedRequest, links: DecisionLinks) => Email;

/** Whether Slack takes messages at this moment. Only where it does not is there a link to approve. */
type SlackNow = 'works' | 'is-down';

/**
 * Sends an e-mail about a request that waits, with the links that EMAIL_LINKS allows. The same text goes to everybody
 * who is subscribed, so a link to approve is there only where nobody else reads it.
 *
 * @throws SecretUnusableError, WeakLinkKeyError, EmailNotSentError
 */
export async function mailRequest(
  deps: NotifyDeps,
  request: ApprovalRequest,
  toEmail: ToEmail,
  slack: SlackNow,
): Promise<SentEmail> {
  const described = named(describeRequest(request), deps.settings.ACCOUNT_NAMES);
  const sent = await deps.email.send(toEmail(described, await linksFor(deps, request, slack)));
  await storeEmailed(deps, request.id);
  return sent;
}

async function linksFor(deps: NotifyDeps, request: ApprovalRequest, slack: SlackNow): Promise<DecisionLinks> {
  const { settings, now } = deps;
  // Neither is asked for in vain: an e-mail without links goes out without them.
  const [key, whyNoApproval] = await Promise.all([
    settings.EMAIL_LINKS === 'off' ? '' : deps.linkKey(),
    settings.EMAIL_LINKS === 'approve-and-deny' ? whyNoApprovalBy(deps, request, slack) : undefined,
  ]);
  return decisionLinks(request, { settings, sent: now(), key, whyNoApproval });
}

const WITHHELD = 'There is no link to approve in this e-mail, because';

async function whyNoApprovalBy(
  { settings, subscriptions, log }: NotifyDeps,
  request: ApprovalRequest,
  slack: SlackNow,
): Promise<string | undefined> {
  if (slack === 'works') return `${WITHHELD} Slack works.`;
  const found = await bestEffort(
    log.error,
    'Who gets the e-mails could not be looked up.',
    { requestId: request.id },
    subscriptions,
  );
  if (found === undefined) return `${WITHHELD} it could not be looked up who else gets it.`;
  const strangers = strangersAmong(found, settings.ADMIN_EMAIL);
  if (strangers.length === 0) return undefined;
  log.error('Somebody else than ADMIN_EMAIL is subscribed to the e-mails.', { strangers });
  return `${WITHHELD} it goes to others than ADMIN_EMAIL too: ${strangers.slice(0, MOST_NAMED).join(', ')}. Take their subscriptions away.`;
}

const MOST_NAMED = 5;

/** Notes that people were told of a request by e-mail, so that its outcome goes there too. */
export async function storeEmailed({ ledger, log, now }: NotifyDeps, requestId: string): Promise<void> {
  await bestEffort(log.error, 'That a request went by e-mail could not be stored.', { requestId }, () =>
    ledger.storeEmailed(requestId, now().toISOString()),
  );
}
