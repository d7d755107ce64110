import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { describeMissing } from '../wording/describe-approvals.ts';
import type { DescribedRequest } from '../wording/describe-request.ts';
import { type DecisionLink, decisionLinkUrl } from './decision-link.ts';
import { address, field, foreign, part } from './lines.ts';

/** Where a request can be decided from an e-mail: the links that EMAIL_LINKS allows live as long as the request. */
export interface DecisionLinks {
  approve?: string;
  deny?: string;
  /** The message in Slack, when its address is known. */
  message?: string;
  /** Why there is no link to approve, in one sentence, where EMAIL_LINKS would allow it. Not yet escaped. */
  whyNoApproval?: string;
}

export interface LinkSettings {
  settings: Pick<Settings, 'EMAIL_LINKS' | 'PUBLIC_URL'>;
  /** When the e-mail is sent; the record of a decision by the link names it. */
  sent: Date;
  /** Signs the links; not used when there are none. */
  key: string;
  /** Set where nobody may be given a link to approve, whatever EMAIL_LINKS allows. */
  whyNoApproval?: string | undefined;
}

/** @throws WeakLinkKeyError */
export function decisionLinks(
  { id, expiresAt, slack }: Pick<ApprovalRequest, 'id' | 'expiresAt' | 'slack'>,
  { settings: { EMAIL_LINKS, PUBLIC_URL }, sent, key, whyNoApproval }: LinkSettings,
): DecisionLinks {
  const expires = Math.ceil(Date.parse(expiresAt) / 1000);
  const seconds = Math.floor(sent.getTime() / 1000);
  const url = (decision: DecisionLink['decision']) =>
    decisionLinkUrl(PUBLIC_URL, { requestId: id, decision, expires, sent: seconds }, key);
  return {
    ...(EMAIL_LINKS === 'approve-and-deny' &&
      (whyNoApproval === undefined ? { approve: url('approve') } : { whyNoApproval })),
    ...(EMAIL_LINKS !== 'off' && { deny: url('deny') }),
    ...(slack?.permalink !== undefined && { message: slack.permalink }),
  };
}

/** How to decide, how many have to, and what each decision does. */
export function decisionPart(request: DescribedRequest, links: DecisionLinks): string {
  return part('Decide', [
    ...linkLines(links),
    ...slackLines(links),
    '',
    field('Approvals', describeMissing(request.approvals)),
    ...unknownRequester(request),
    field('If approved', request.ifApproved),
    field('If denied', request.ifDenied),
    field('Expires', `${request.expires.text}, which denies it`),
    field('Request', request.requestId),
  ]);
}

function linkLines({ approve, deny }: DecisionLinks): string[] {
  const links = [
    ...(approve === undefined ? [] : [address('Approve', approve)]),
    ...(deny === undefined ? [] : [address('Deny', deny)]),
  ];
  if (links.length === 0) return [];
  return [
    links.length === 1
      ? 'The link opens a page that shows the request.'
      : 'Each link opens a page that shows the request.',
    'Nothing happens until the button on that page is pressed.',
    ...(approve === undefined ? [] : ['Approvals by links in e-mails count as one vote together.']),
    ...links.flatMap((line) => ['', line]),
  ];
}

/** Where the links do not do everything, Slack is where to go. */
function slackLines({ approve, deny, message, whyNoApproval }: DecisionLinks): string[] {
  const what = deny === undefined ? 'It is decided in Slack only' : 'It is approved in Slack only';
  const where = message === undefined ? ', in the channel of Policy Guard.' : '.';
  const later = 'If the request is not there yet, it is posted with the next reminder, once Slack takes it.';
  return [
    ...(approve === undefined ? ['', `${what}${where}`] : []),
    ...(whyNoApproval === undefined ? [] : [foreign(whyNoApproval)]),
    ...(approve === undefined && message === undefined ? [later] : []),
    ...(message === undefined ? [] : ['', address('In Slack', message)]),
  ];
}

function unknownRequester({ approvals }: DescribedRequest): string[] {
  return approvals.requesterUnknown === undefined
    ? []
    : [field('The requester is not known in Slack', approvals.requesterUnknown)];
}
