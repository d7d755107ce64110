import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { type DecisionLinks, decisionLinks } from '../../media/email/decision-part.ts';
import type { Email } from '../../media/email/email.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import type { NotifyDeps } from '../delivery/deps.ts';

/** A request that waits, as an e-mail with the links that there may be. */
export type ToEmail = (request: DescribedRequest, links: DecisionLinks) => Email;

/**
 * Sends an e-mail about a request that waits, with the links that EMAIL_LINKS allows.
 *
 * @throws SecretUnusableError, WeakLinkKeyError, EmailNotSentError
 */
export async function mailRequest(
  deps: NotifyDeps,
  request: ApprovalRequest,
  toEmail: ToEmail,
): Promise<void> {
  await deps.email.send(toEmail(describeRequest(request), await linksFor(deps, request)));
  await storeEmailed(deps, request.id);
}

async function linksFor(deps: NotifyDeps, request: ApprovalRequest): Promise<DecisionLinks> {
  const { settings, now } = deps;
  // The key is not asked for in vain: an e-mail without links goes out without it.
  const key = settings.EMAIL_LINKS === 'off' ? '' : await deps.linkKey();
  return decisionLinks(request, { settings, sent: now(), key });
}

/** Notes that people were told of a request by e-mail, so that its outcome goes there too. */
export async function storeEmailed({ ledger, log, now }: NotifyDeps, requestId: string): Promise<void> {
  await bestEffort(log.error, 'That a request went by e-mail could not be stored.', { requestId }, () =>
    ledger.storeEmailed(requestId, now().toISOString()),
  );
}
