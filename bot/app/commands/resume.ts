import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { standingOf } from '../../approvers/standing.ts';
import { textMessage } from '../../media/slack/blocks/blocks.ts';
import { code } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { BotDeps } from '../deps.ts';
import { findRequest } from './show.ts';
import { inChannelOnly } from './subcommand.ts';

/**
 * `/policy-guard resume ID`, for approvers: a request that does not go on is taken up with the next run of reconcile,
 * however long that would wait by itself; what was approved and could not be put back is tried once more. Decides
 * nothing.
 */
export const resume = inChannelOnly(async (deps, { argument, userId, channel }) => {
  const id = argument.replaceAll('`', '').trim();
  if (id === '')
    return textMessage('Which one? `/policy-guard resume ID`; `/policy-guard pending` lists the ids.');
  const [decider, request] = await Promise.all([
    lookUpDecider(deps.slack, deps.settings, { userId, channel }),
    findRequest(deps.ledger, id),
  ]);
  if (request === undefined) return textMessage(`There is no request ${code(id, 100)}.`);
  const mayResume = standingOf(decider, deps.settings) === 'approver';
  return mayResume ? takeUpSoon(deps, request, userId) : refuse(deps, request, userId);
});

async function takeUpSoon(deps: BotDeps, request: ApprovalRequest, userId: string): Promise<Message> {
  if (await reopens(deps, request)) {
    await audit(deps, request, userId, { event: 'request.reopened', detail: 'It is tried once more.' });
    return textMessage(
      `What was approved in request ${code(request.id, 100)} is tried once more within five minutes; it ends as it then turns out.`,
    );
  }
  if (!(await deps.ledger.resumeSoon(request.id))) {
    return textMessage(`Request ${code(request.id, 100)} has ended; there is nothing to take up.`);
  }
  await audit(deps, request, userId, { event: 'request.resume-asked', detail: 'It is taken up at once.' });
  return textMessage(
    `If nothing works for request ${code(request.id, 100)}, it is taken up within five minutes, where it is. What waits goes on waiting.`,
  );
}

/** Only while its approval counts: a newer request for the same makes it void. */
async function reopens(
  { ledger }: BotDeps,
  { id, status, change, document }: ApprovalRequest,
): Promise<boolean> {
  if (status !== 'closed' || document === undefined) return false;
  const approval = await ledger.findApproval(targetKey(change.accountId, change.target), document.sha256);
  return approval?.requestId === id && ledger.reopen(id);
}

async function refuse(deps: BotDeps, request: ApprovalRequest, userId: string): Promise<Message> {
  const why = 'Only approvers may have a request taken up';
  await audit(deps, request, userId, { event: 'request.resume-refused', detail: `${why}.` });
  return textMessage(`${why}, and it is not certain that you are one.`);
}

function audit(
  { ledger, now, settings }: BotDeps,
  { id, change, executionArn }: ApprovalRequest,
  slackUserId: string,
  about: { event: string; detail: string },
): Promise<void> {
  const who = { slackUserId, slackTeamId: settings.SLACK_TEAM_ID };
  const entry = { at: now().toISOString(), ...about, requestId: id, ...who };
  return ledger.audit({ ...entry, eventId: change.eventId, executionArn });
}
