import { bold, code, localTime, plain, quote } from '../slack/blocks/mrkdwn.ts';
import type { DescribedRequest } from '../wording/describe-request.ts';

/** One request of the past on two or three lines: what became of it, by whom, when, after how long and why. */
export function historyLine({ requestId, title, outcome, took, created }: DescribedRequest): string {
  const what = `${code(requestId, 80)} ${plain(title, 300)}`;
  if (outcome === undefined) return `• *Waiting* since ${localTime(created)}\n    ${what}`;
  const after = took === undefined ? '' : ` · took ${plain(took, 40)}`;
  const lines = [`• ${bold(outcome.headline, 300)} · ${localTime(outcome.at)}${after}`, `    ${what}`];
  if (outcome.reason) lines.push(quote(outcome.reason, 300));
  return lines.join('\n');
}
