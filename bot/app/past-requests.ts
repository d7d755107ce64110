import { listAlong } from '../../workflow/ledger/along-the-way.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { bold, code, localTime, plain, quote } from '../media/slack/blocks/mrkdwn.ts';
import { type DescribedRequest, describeRequest } from '../media/wording/describe-request.ts';
import type { BotDeps } from './deps.ts';

/** The newest requests that somebody or something has decided. @returns in no order, up to twice as many */
export function readPast({ ledger }: Pick<BotDeps, 'ledger'>, limit: number): Promise<ApprovalRequest[]> {
  return listAlong(
    ['decided', 'closed'],
    (status) => ledger.list(status, limit),
    ({ id }) => id,
  );
}

/** What became of requests, newest first by the time of the decision or the end. */
export function describeLatest(requests: readonly ApprovalRequest[], count: number): DescribedRequest[] {
  const at = ({ decision, closedAt, createdAt }: ApprovalRequest) =>
    Date.parse(decision?.at ?? closedAt ?? createdAt);
  return requests
    .toSorted((one, other) => at(other) - at(one))
    .slice(0, count)
    .map(describeRequest);
}

/** One request of the past on two or three lines: what became of it, by whom, when, after how long and why. */
export function historyLine({ requestId, title, outcome, took, created }: DescribedRequest): string {
  const what = `${code(requestId, 80)} ${plain(title, 300)}`;
  if (outcome === undefined) return `• *Waiting* since ${localTime(created)}\n    ${what}`;
  const after = took === undefined ? '' : ` · took ${plain(took, 40)}`;
  const lines = [`• ${bold(outcome.headline, 300)} · ${localTime(outcome.at)}${after}`, `    ${what}`];
  if (outcome.reason) lines.push(quote(outcome.reason, 300));
  return lines.join('\n');
}
