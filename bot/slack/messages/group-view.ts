import * as z from 'zod';
import type { RequestView } from '../../view/describe-request.ts';
import { VIEW } from '../identifiers.ts';
import type { ModalView } from './blocks.ts';
import { context, section, sections, takeWithin } from './blocks.ts';
import { counted } from './group-message.ts';
import { code, plain } from './mrkdwn.ts';
import { reasonInput, reasonModal } from './reason-view.ts';
import { severityPrefix } from './severity.ts';

/** What travels in `private_metadata`: what was listed, and where the click was made. */
export const groupOriginSchema = z.object({
  requestIds: z.array(z.string()),
  channel: z.string(),
  threadTs: z.string(),
});
export type GroupOrigin = z.output<typeof groupOriginSchema>;

/** `private_metadata` holds 3,000 characters, and so as many ids; whatever waits beside them is decided next. */
export const MOST_IN_GROUP = 150;

/** What became of one request when the whole group was decided. */
export interface GroupResult {
  /** Its title; the id where there is no title to be had. */
  title: string;
  kind: 'decided' | 'counted' | 'refused';
  /** One sentence. Not escaped. */
  what: string;
}

type Place = Pick<GroupOrigin, 'channel' | 'threadTs'>;

/**
 * Lists what waits and asks once for all of it. The requests listed are the ones decided, whatever else arrives.
 *
 * @param more whether others may wait beyond these
 */
export function approveAllView(views: readonly RequestView[], place: Place, more: boolean): ModalView {
  const modal = reasonModal(VIEW.approveAll, 'Approve all', `Approve ${views.length}`, origin(views, place));
  return {
    ...modal,
    blocks: [
      section(`*You approve ${counted(views.length)}*, each exactly as it was reviewed:`),
      ...list(views, more),
    ],
  };
}

/** The same for a denial, with one reason for all of it. */
export function denyAllView(views: readonly RequestView[], place: Place, more: boolean): ModalView {
  return {
    ...reasonModal(VIEW.denyAll, 'Deny all', `Deny ${views.length}`, origin(views, place)),
    blocks: [
      section(`*You deny ${counted(views.length)}*, and make each removal final:`),
      ...list(views, more),
      reasonInput('Why do you deny them?'),
    ],
  };
}

/** What became of each, instead of the modal that was submitted. What was refused comes first. */
export function groupResultView(results: readonly GroupResult[]): ModalView {
  const of = (kind: GroupResult['kind']) => results.filter((each) => each.kind === kind);
  const [refused, votes, decided] = [of('refused'), of('counted'), of('decided')];
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'What was decided' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      section(
        `*${decided.length} decided, ${votes.length} counted, ${refused.length} not decided* of ${counted(results.length)}.`,
      ),
      ...sections([...refused, ...votes, ...decided].map(resultLine)),
    ],
  };
}

function origin(views: readonly RequestView[], place: Place): GroupOrigin {
  return { requestIds: views.map(({ requestId }) => requestId), ...place };
}

function list(views: readonly RequestView[], more: boolean) {
  const rest = more ? [context('More may wait than these: click again afterwards.')] : [];
  return [...sections(views.map(line)), ...rest];
}

/** How bad it is and what it grants come first: a name may be as long as it likes, and is what is cut. */
function line(view: RequestView): string {
  const { deed, requestId, severity, approvals } = view;
  const votes = approvals.needed === 1 ? '' : ` · ${approvals.votes.length} of ${approvals.needed} approvals`;
  return `• ${severityPrefix(severity)}${granted(view)}${plain(deed, 300)} · ${code(requestId, 80)}${votes}`;
}

/** Characters for what one request grants. */
const GRANTED_BUDGET = 500;

function granted({ findings, moreFindings, unreadable }: RequestView): string {
  if (unreadable !== undefined) return 'could not be read: ';
  const names = [...new Set(findings.map(({ restricted }) => restricted))].map((name) => code(name, 150));
  if (names.length === 0) return '';
  const { shown, left } = takeWithin(names, GRANTED_BUDGET);
  return `grants ${shown.join(', ')}${left + moreFindings === 0 ? '' : ' and more'}: `;
}

function resultLine({ title, what }: GroupResult): string {
  return `• ${plain(title, 250)}\n    ${plain(what, 300)}`;
}
