import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import * as z from '../../../workflow/runtime/zod.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { modal } from '../../media/slack/blocks/modal.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, ModalView } from '../../media/slack/blocks/types.ts';
import { VIEW } from '../../media/slack/identifiers.ts';
import { severityPrefix } from '../../media/slack/parts/findings.ts';
import { type DescribedRequest, describeRequest } from '../../media/wording/describe-request.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { askedBlocks, type DescribedWaiting, describeWaiting } from '../../notices/group/waiting.ts';
import type { Divided } from '../decisions/left-out.ts';
import { reasonInput } from './reason-modal.ts';

/** What travels in `private_metadata`: what was listed, by its name in the ledger, and where the click was made. */
export const groupOriginSchema = z.object({
  requestId: z.string(),
  listingId: z.string(),
  /** How many requests the list has. */
  count: z.int(),
  channel: z.string(),
  threadTs: z.string(),
});
export type GroupOrigin = z.output<typeof groupOriginSchema>;

/** Of more nobody reads each one; what the others grant is told together. */
const LISTED = 40;

/** What waits in a thread, oldest change first. */
export interface DescribedList {
  requests: readonly DescribedRequest[];
  /** What those grant that are too many to be listed, all together. */
  others: DescribedWaiting | undefined;
  /** How many requests there are. */
  count: number;
  /** Whether more may wait beside these. */
  more: boolean;
  /** What waits too, and whoever looks may not decide. */
  leftOut: Divided['leftOut'];
}

/** As many requests as a modal lists one by one, and the others. */
export function splitList(
  waiting: readonly ApprovalRequest[],
  more: boolean,
  leftOut: Divided['leftOut'] = [],
): DescribedList {
  return {
    requests: waiting.slice(0, LISTED).map(describeRequest),
    others: describeWaiting(waiting.slice(LISTED)),
    count: waiting.length,
    more,
    leftOut,
  };
}

/** Lists what waits and asks once for all of it. The requests of the list are the ones decided, whatever else arrives. */
export function approveAllView(listed: DescribedList, origin: GroupOrigin): ModalView {
  const { count } = listed;
  return modal({
    ...{ callbackId: VIEW.approveAll, title: 'Approve all', submit: `Approve ${count}`, metadata: origin },
    blocks: [
      section(`*You approve ${countOf(count, 'change')}*, each exactly as it was reviewed:`),
      ...list(listed),
    ],
  });
}

/** The same for a denial, with one reason for all of it. */
export function denyAllView(listed: DescribedList, origin: GroupOrigin): ModalView {
  const { count } = listed;
  return modal({
    ...{ callbackId: VIEW.denyAll, title: 'Deny all', submit: `Deny ${count}`, metadata: origin },
    blocks: [
      section(`*You deny ${countOf(count, 'change')}*, and make each removal final:`),
      ...list(listed),
      reasonInput('Why do you deny them?'),
    ],
  });
}

/** Instead of the modal that was submitted: where to see how far it is. */
export function groupStartedView(count: number): ModalView {
  const text = `*${countOf(count, 'change')}* are being decided, one by one and by the same rules. The thread shows how far that is, and what became of those that could not be decided.`;
  return modal({ title: 'It is being decided', blocks: [section(text)] });
}

function list({ requests, others, count, more, leftOut }: DescribedList): Block[] {
  const beside = count - requests.length;
  return [
    ...sections(leftOut.map(lineLeftOut)),
    ...(more ? [context('More may wait than these: click again afterwards.')] : []),
    ...sections(requests.map(line)),
    ...(others === undefined
      ? []
      : [section(`*And ${beside} more* of this thread, all together:`), ...askedBlocks(others, false)]),
  ];
}

/** Characters for the ids of what is left out for one reason. */
const LEFT_OUT_BUDGET = 500;

function lineLeftOut({ why, requestIds }: Divided['leftOut'][number]): string {
  const { shown, left } = takeWithin(
    requestIds.map((id) => code(id, 80)),
    LEFT_OUT_BUDGET,
  );
  const ids = `${shown.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
  return `*${countOf(requestIds.length, 'other change')} of this thread ${requestIds.length === 1 ? 'is' : 'are'} left out* (${ids}): ${plain(why, 400)}`;
}

/** How bad it is and what it grants come first: a name may be as long as it likes, and is what is cut. */
function line(request: DescribedRequest): string {
  const { deed, requestId, severity, approvals } = request;
  const votes = approvals.needed === 1 ? '' : ` · ${approvals.votes.length} of ${approvals.needed} approvals`;
  return `• ${severityPrefix(severity)}${granted(request)}${plain(deed, 300)} · ${code(requestId, 80)}${votes}`;
}

/** Characters for what one request grants. */
const GRANTED_BUDGET = 500;

function granted({ findings, moreFindings, unreadable }: DescribedRequest): string {
  if (unreadable !== undefined) return 'could not be read: ';
  const names = [...new Set(findings.map(({ restricted }) => restricted))].map((name) => code(name, 150));
  if (names.length === 0) return '';
  const { shown, left } = takeWithin(names, GRANTED_BUDGET);
  return `grants ${shown.join(', ')}${left + moreFindings === 0 ? '' : ' and more'}: `;
}
