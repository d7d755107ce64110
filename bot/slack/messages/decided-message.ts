import type { OutcomeView } from '../../view/describe-outcome.ts';
import type { RequestView } from '../../view/describe-request.ts';
import { voteLines } from './approvals.ts';
import type { Block, Message } from './blocks.ts';
import { context, divider, header, message, section, sections } from './blocks.ts';
import { callerDetails, changeFields } from './change-fields.ts';
import { bold, code, localTime, plain, quote } from './mrkdwn.ts';
import { grantedBlocks } from './request-message.ts';

/** Between the decision and the outcome: the buttons are gone, and nothing is said to have happened yet. */
export function decidedMessage(view: RequestView, outcome: OutcomeView): Message {
  return message(`${plain(outcome.headline, HEADLINE)}. It is being carried out.`, [
    header(`⏳ In progress: ${plain(view.policyName, 120)}`),
    section(headlineAndTime(outcome)),
    section('It is being carried out.'),
    ...reasons(view, outcome),
    ...record(view),
  ]);
}

/** The end: what has happened, by whose decision, and the request as it was asked. No buttons. */
export function outcomeMessage(view: RequestView, outcome: OutcomeView): Message {
  return message(summary(outcome), [
    header(`${icon(outcome)} ${TITLE[outcome.kind]}: ${plain(view.policyName, 120)}`),
    section(headlineAndTime(outcome)),
    ...detail(outcome),
    ...reasons(view, outcome),
    ...record(view),
  ]);
}

/** The same, short, for the thread of the request. */
export function outcomeReply(outcome: OutcomeView): Message {
  return message(`${icon(outcome)} ${summary(outcome)}`, [
    section(`${icon(outcome)} ${headlineAndTime(outcome)}`),
    ...detail(outcome),
    ...reason(outcome.reason),
  ]);
}

/** Characters for who decided: an e-mail is named with its subject, its time and the address it was used from. */
const HEADLINE = 500;

const TITLE: Readonly<Record<OutcomeView['kind'], string>> = {
  decided: 'In progress',
  allowed: 'Allowed',
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Expired',
  superseded: 'Superseded',
  gone: 'Gone',
  duplicate: 'Covered already',
  'own-change': 'Own change',
  observed: 'Observed',
  exempt: 'Exempt',
  unfinished: 'Still in force',
  failed: 'Failed',
};

const ICON: Readonly<Partial<Record<OutcomeView['kind'], string>>> = {
  approved: '✅',
  denied: '⛔',
  expired: '⌛',
  failed: '🚨',
};

function icon(outcome: OutcomeView): string {
  return ICON[outcome.kind] ?? 'ℹ️';
}

function headlineAndTime({ headline, at, took }: OutcomeView): string {
  return `${bold(headline, HEADLINE)} · ${localTime(at)} · took ${took}`;
}

function detail(outcome: OutcomeView): Block[] {
  return outcome.detail === '' ? [] : [section(plain(outcome.detail, 500))];
}

function summary(outcome: OutcomeView): string {
  return `${plain(outcome.headline, HEADLINE)}. ${plain(outcome.detail, 500)}`.trim();
}

/** Why it was decided so; of several approvers each has their own line. */
function reasons({ approvals: { votes } }: RequestView, outcome: OutcomeView): Block[] {
  const approved = outcome.decided === 'approved';
  if (votes.length === 0 || (approved && votes.length === 1)) return reason(outcome.reason);
  return [...(approved ? [] : reason(outcome.reason)), ...sections(['*Approvals*', ...voteLines(votes)])];
}

function reason(text: string | undefined): Block[] {
  return text ? [section(quote(text, 1_000))] : [];
}

/** The request as it was asked, so that the message stays the record of what was decided on. */
function record(view: RequestView): Block[] {
  return [
    changeFields(view),
    ...grantedBlocks(view),
    ...callerDetails(view),
    divider,
    context(`Request ${code(view.requestId, 80)}`),
  ];
}
