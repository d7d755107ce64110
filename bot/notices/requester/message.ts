import type { Remark } from '../../../workflow/ledger/request.ts';
import { context, header, message, section } from '../../media/slack/blocks/blocks.ts';
import { sections } from '../../media/slack/blocks/lists.ts';
import { mentionApprovers } from '../../media/slack/blocks/mentions.ts';
import { bold, code, link, localTime, plain, quote } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block, Message } from '../../media/slack/blocks/types.ts';
import { findingLines } from '../../media/slack/parts/findings.ts';
import { describeMissing } from '../../media/wording/describe-approvals.ts';
import type { DescribedOutcome } from '../../media/wording/describe-outcome.ts';
import type { DescribedRequest } from '../../media/wording/describe-request.ts';
import { checkBefore } from '../outcome/message.ts';
import { remarkField, saidBlocks } from '../remarks.ts';

/** Characters for the findings, so that the field for a reason is not far below; the title has said the verdict. */
const FINDINGS_BUDGET = 800;

export interface RequesterContext {
  approvers: readonly string[];
  /** Address of the message in the channel, when it is known. */
  permalink: string | undefined;
}

/**
 * Tells the requester, in a direct message, that their change was taken out of force, and why.
 *
 * @param reason what they have said unasked; the field for it is gone then
 */
export function quarantinedMessage(
  request: DescribedRequest,
  { approvers, permalink }: RequesterContext,
  reason?: Remark,
): Message {
  const policy = plain(request.policyName, 120);
  return message(`Your change to ${policy} is out of force until somebody approves it. Nothing is lost.`, [
    header(`🔒 Your change is held: ${policy}`),
    section(`${plain(request.title, 400)}.\n${plain(request.quarantine, 600)}`),
    ...sections(['*Why:* it grants what is restricted here', ...findingLines(request, FINDINGS_BUDGET)]),
    section(
      `*Nothing is lost:* what you wrote is kept, byte for byte. If it is approved: ${plain(request.ifApproved, 300)}`,
    ),
    section(
      `*Who can approve:* ${mentionApprovers(approvers)}\n${plain(describeMissing(request.approvals), 600)}.`,
    ),
    context(
      `If nobody decides, it expires ${localTime(request.expires)}, which denies it · request ${code(request.requestId, 80)}`,
    ),
    ...whereItStands(permalink),
    ...(reason === undefined ? remarkField(request.requestId, 'reason') : saidBlocks(reason)),
    context('You will hear here what was decided.'),
  ]);
}

/** The same for changes that are asked about in one thread, one by one. Which they are is told as each of them ends. */
export function groupQuarantinedMessage(
  request: DescribedRequest,
  { approvers, permalink }: RequesterContext,
): Message {
  const text = 'Many of your changes are out of force until somebody approves them. Nothing is lost.';
  return message(text, [
    header('🔒 Many of your changes are held'),
    section(
      `You make many changes at once that grant what is restricted here. From ${bold(request.policyName, 120)} on, each such change is taken out of force and asked about in one thread, and you get this one message for all of them.`,
    ),
    section('*Nothing is lost:* what you wrote is kept, byte for byte, and put back where it is approved.'),
    section(`*Who can approve:* ${mentionApprovers(approvers)}`),
    ...whereItStands(permalink),
    context('You will hear below this message what was decided on each.'),
  ]);
}

/** Tells the requester what became of their change: by whom, and why. */
export function requesterOutcomeMessage(request: DescribedRequest, outcome: DescribedOutcome): Message {
  const headline = plain(outcome.headline, 300);
  const text = `Your change to ${plain(request.policyName, 120)}: ${headline}. ${plain(outcome.detail, 500)}`;
  return message(text, [
    section(
      `${bold(`Your change to ${request.policyName}`, 200)}\n${bold(outcome.headline, 300)} · ${localTime(outcome.at)}`,
    ),
    ...(outcome.detail === '' ? [] : [section(plain(outcome.detail, 500))]),
    ...(outcome.reason === undefined ? [] : [section(quote(outcome.reason, 1_000))]),
    ...checkBefore(outcome),
    context(`Request ${code(request.requestId, 80)}`),
  ]);
}

function whereItStands(permalink: string | undefined): Block[] {
  if (permalink === undefined) return [];
  return [
    context(
      `${link(permalink, 'The request in Slack')}, which opens for members of that channel; if you are not one, ask somebody who can approve.`,
    ),
  ];
}
