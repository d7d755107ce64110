import * as z from 'zod';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { sections, takeWithin } from '../../media/slack/blocks/lists.ts';
import { modal } from '../../media/slack/blocks/modal.ts';
import { code, plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { ModalView } from '../../media/slack/blocks/types.ts';
import { VIEW } from '../../media/slack/identifiers.ts';
import { severityPrefix } from '../../media/slack/parts/findings.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { countOf } from '../../media/wording/phrases.ts';
import { reasonInput } from './reason-modal.ts';

/** What travels in `private_metadata`: what was listed, and where the click was made. */
export const groupOriginSchema = z.object({
  requestIds: z.array(z.string()),
  channel: z.string(),
  threadTs: z.string(),
  /** How many more waited in the thread than were listed. */
  others: z.number().default(0),
});
export type GroupOrigin = z.output<typeof groupOriginSchema>;

/** Slack waits 3 s for the answer, and 40 were measured to take less; whatever waits beside them is decided next. */
export const MOST_IN_GROUP = 40;

/** What became of one request when the whole group was decided. */
export interface GroupResult {
  /** Its title; the id where there is no title to be had. */
  title: string;
  kind: 'decided' | 'counted' | 'refused';
  /** One sentence. Not escaped. */
  what: string;
}

type Place = Pick<GroupOrigin, 'channel' | 'threadTs'>;

/** What waits beside those that are listed. */
export interface Rest {
  /** How many are known of. */
  others: number;
  /** Whether there may be still more. */
  more: boolean;
}

/** Lists what waits and asks once for all of it. The requests listed are the ones decided, whatever else arrives. */
export function approveAllView(requests: readonly DescribedRequest[], place: Place, rest: Rest): ModalView {
  const count = countOf(requests.length, 'change');
  return modal({
    ...{ callbackId: VIEW.approveAll, title: 'Approve all', submit: `Approve ${requests.length}` },
    metadata: origin(requests, place, rest),
    blocks: [section(`*You approve ${count}*, each exactly as it was reviewed:`), ...list(requests, rest)],
  });
}

/** The same for a denial, with one reason for all of it. */
export function denyAllView(requests: readonly DescribedRequest[], place: Place, rest: Rest): ModalView {
  return modal({
    ...{ callbackId: VIEW.denyAll, title: 'Deny all', submit: `Deny ${requests.length}` },
    metadata: origin(requests, place, rest),
    blocks: [
      section(`*You deny ${countOf(requests.length, 'change')}*, and make each removal final:`),
      ...list(requests, rest),
      reasonInput('Why do you deny them?'),
    ],
  });
}

/**
 * What became of each, instead of the modal that was submitted. What was refused comes first.
 *
 * @param others how many more waited than were listed
 */
export function groupResultView(results: readonly GroupResult[], others: number): ModalView {
  const of = (kind: GroupResult['kind']) => results.filter((each) => each.kind === kind);
  const [refused, votes, decided] = [of('refused'), of('counted'), of('decided')];
  const all = countOf(results.length, 'change');
  return modal({
    title: 'What was decided',
    blocks: [
      section(
        `*${decided.length} decided, ${votes.length} counted, ${refused.length} not decided* of ${all}.`,
      ),
      ...(others === 0
        ? []
        : [section(`*${countOf(others, 'change')} left* in this thread: click again for the rest.`)]),
      ...sections([...refused, ...votes, ...decided].map(resultLine)),
    ],
  });
}

function origin(requests: readonly DescribedRequest[], place: Place, { others }: Rest): GroupOrigin {
  return { requestIds: requests.map(({ requestId }) => requestId), ...place, others };
}

function list(requests: readonly DescribedRequest[], rest: Rest) {
  return [...howFar(requests.length, rest), ...sections(requests.map(line))];
}

function howFar(listed: number, { others, more }: Rest) {
  if (others === 0) return more ? [context('More may wait than these: click again afterwards.')] : [];
  const all = `${listed + others}${more ? ' or more' : ''}`;
  return [section(`These are the first ${listed} of ${all}; click again for the rest.`)];
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

function resultLine({ title, what }: GroupResult): string {
  return `• ${plain(title, 250)}\n    ${plain(what, 300)}`;
}
