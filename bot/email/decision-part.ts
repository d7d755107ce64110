import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import type { DecisionLink } from '../links/decision-link.ts';
import { decisionLinkUrl } from '../links/decision-link.ts';
import type { RequestView } from '../view/describe-request.ts';
import { address, field, part } from './lines.ts';

/** The two links of a request; they live as long as the request. */
export interface DecisionLinks {
  approve: string;
  deny: string;
}

/**
 * @param sentAt when the e-mail that will hold them is sent
 * @throws WeakLinkKeyError
 */
export function decisionLinks(
  { id, expiresAt }: Pick<ApprovalRequest, 'id' | 'expiresAt'>,
  publicUrl: string,
  key: string,
  sentAt: Date,
): DecisionLinks {
  const expires = Math.ceil(Date.parse(expiresAt) / 1000);
  const sent = Math.floor(sentAt.getTime() / 1000);
  const link = (decision: DecisionLink['decision']) =>
    decisionLinkUrl(publicUrl, { requestId: id, decision, expires, sent }, key);
  return { approve: link('approve'), deny: link('deny') };
}

/** How to decide, and what each decision does. */
export function decisionPart(view: RequestView, links: DecisionLinks): string {
  return part('Decide', [
    'Each link opens a page that shows the request.',
    'Nothing happens until the button on that page is pressed.',
    '',
    address('Approve', links.approve),
    '',
    address('Deny', links.deny),
    '',
    field('If approved', view.ifApproved),
    field('If denied', view.ifDenied),
    field('Expires', `${view.expires.text}, which denies it`),
    field('Request', view.requestId),
  ]);
}
