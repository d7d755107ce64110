import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { bold, code, localTime, plain, quote } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { voteLines } from '../../media/slack/parts/approvals.ts';
import { detailsOnly, headingName, recordLines } from '../../media/slack/parts/glance-lines.ts';
import { remarkBlocks } from '../../media/slack/parts/remarks.ts';
import { type DescribedOutcome, howToCheck } from '../../media/wording/describe-outcome.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';

type AccountNames = Settings['ACCOUNT_NAMES'];

/** Between the decision and the outcome: the buttons are gone, and nothing is said to have happened yet. */
export function decidedMessage(
  request: DescribedRequest,
  outcome: DescribedOutcome,
  accountNames: AccountNames,
): Message {
  return message(`${plain(outcome.headline, HEADLINE)}. It will be carried out as soon as possible.`, [
    header(`⏳ In progress: ${headingName(request)}`),
    section(headlineAndTime(outcome)),
    section('It will be carried out as soon as possible.'),
    ...reasons(request, outcome),
    ...record(request, accountNames),
  ]);
}

/** The end: what has happened, by whose decision, and the request as it was asked, at a glance. Nothing to decide. */
export function outcomeMessage(
  request: DescribedRequest,
  outcome: DescribedOutcome,
  accountNames: AccountNames,
): Message {
  return message(summary(outcome), [
    header(`${icon(outcome)} ${TITLE[outcome.kind]}: ${headingName(request)}`),
    section(headlineAndTime(outcome)),
    ...detail(outcome),
    ...reasons(request, outcome),
    ...record(request, accountNames),
  ]);
}

/** The same, short, for the thread of the request. */
export function outcomeReply(outcome: DescribedOutcome): Message {
  return message(`${icon(outcome)} ${summary(outcome)}`, [
    section(`${icon(outcome)} ${headlineAndTime(outcome)}`),
    ...detail(outcome),
    ...reason(outcome.reason),
    ...checkBefore(outcome),
  ]);
}

/** For whoever writes the next one, in a reply. */
export function checkBefore(outcome: DescribedOutcome): Block[] {
  const how = howToCheck(outcome);
  return how === undefined ? [] : [context(`${plain(how.text, 200)} ${code(how.command, 80)}`)];
}

/** The outcome of a request whose requester approved it, once more and loud: it calls the whole channel. */
export function loudOutcomeMessage({ text, blocks }: Message): Message {
  const says = 'Break glass: the requester has approved their own change.';
  return message(`<!channel> ${says} ${text}`, [section(`<!channel> *${says}*`), ...blocks]);
}

/** Characters for who decided: an e-mail is named with its subject, its time and the address it was used from. */
const HEADLINE = 500;

const TITLE: Readonly<Record<DescribedOutcome['kind'], string>> = {
  decided: 'In progress',
  allowed: 'Allowed',
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Expired',
  unfounded: 'Nobody’s change',
  superseded: 'Superseded',
  gone: 'Gone',
  duplicate: 'Covered already',
  'own-change': 'Own change',
  observed: 'Observed',
  exempt: 'Exempt',
  unfinished: 'Still in force',
  'no-room': 'No room',
  'aws-managed': 'AWS’s own',
  foreign: 'Not guarded',
  failed: 'Failed',
};

const ICON: Readonly<Partial<Record<DescribedOutcome['kind'], string>>> = {
  approved: '✅',
  denied: '⛔',
  expired: '⌛',
  failed: '🚨',
};

function icon(outcome: DescribedOutcome): string {
  return ICON[outcome.kind] ?? 'ℹ️';
}

function headlineAndTime({ headline, at, took }: DescribedOutcome): string {
  return `${bold(headline, HEADLINE)} · ${localTime(at)} · took ${took}`;
}

function detail(outcome: DescribedOutcome): Block[] {
  return outcome.detail === '' ? [] : [section(plain(outcome.detail, 500))];
}

function summary(outcome: DescribedOutcome): string {
  return `${plain(outcome.headline, HEADLINE)}. ${plain(outcome.detail, 500)}`.trim();
}

/** Why it was decided so; of several approvers each has their own line. */
function reasons({ approvals: { votes } }: DescribedRequest, outcome: DescribedOutcome): Block[] {
  const approved = outcome.decided === 'approved';
  if (votes.length === 0 || (approved && votes.length === 1)) return reason(outcome.reason);
  return [...(approved ? [] : reason(outcome.reason)), ...sections(['*Approvals*', ...voteLines(votes)])];
}

function reason(text: string | undefined): Block[] {
  return text ? [section(quote(text, 1_000))] : [];
}

/** The request as it was asked, so that the message stays the record of what was decided on. */
function record(request: DescribedRequest, accountNames: AccountNames): Block[] {
  return [
    section(recordLines(request, accountNames)),
    ...remarkBlocks(request.remarks, 150),
    detailsOnly(request),
    context(`Request ${code(request.requestId, 80)}`),
  ];
}
