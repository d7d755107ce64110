import {
  type DescribedApprovals,
  type DescribedVote,
  describeDoubts,
  IN_SLACK,
} from '../../wording/describe-approvals.ts';
import { enumerate } from '../../wording/phrases.ts';
import { mention, mentionVoter } from '../blocks/mentions.ts';
import { localTime, plain, quote } from '../blocks/mrkdwn.ts';

/** More approvers are never needed. */
const ALL = 10;

/** The reasons of ten approvers fit into one message; each in full is in the ledger and under Details. */
const VOTE_REASON = 200;

/** Who has approved, how many it still takes and why, and who may not; nothing where one approval of anybody is enough. */
export function approvalLines(approvals: DescribedApprovals, rules: { breakGlass: boolean }): string[] {
  return [
    ...votesSoFar(approvals),
    ...needed(approvals),
    ...requester(approvals, rules),
    ...describeDoubts(approvals).map((doubt) => `⚠️ *Who made it is not certain:* ${plain(doubt, 900)}.`),
  ];
}

/** One line for each vote, with its time and reason. */
export function voteLines(votes: readonly DescribedVote[]): string[] {
  return votes.map((vote) => {
    const own = vote.breakGlass ? ', who is also the requester (break glass)' : '';
    const line = `• ${mentionVoter(vote)}${own}, ${plain(vote.where, 300)}, ${localTime(vote.at)}`;
    return vote.reason === undefined ? line : `${line}\n${quote(vote.reason, VOTE_REASON)}`;
  });
}

/** The votes in plain words, for notifications and screen readers; escaped, and empty where there is nothing to say. */
export function approvalSummary({ votes, needed, missing }: DescribedApprovals): string {
  if (votes.length === 0) return needed === 1 ? '' : `It needs ${needed} approvers.`;
  return soFar(
    votes.map(({ name }) => plain(name, 60)),
    needed,
    missing,
  );
}

function soFar(names: readonly string[], needed: number, missing: number): string {
  return `Approved by ${enumerate(names, ALL)} (${names.length} of ${needed}). ${stillMissing(missing)}.`;
}

/** `One more approver is needed`. */
export function stillMissing(missing: number): string {
  return missing === 1 ? 'One more approver is needed' : `${missing} more approvers are needed`;
}

function votesSoFar({ votes, needed, missing }: DescribedApprovals): string[] {
  if (votes.length === 0) return [];
  const telling = votes.filter(
    ({ where, reason, breakGlass }) => where !== IN_SLACK || breakGlass || reason !== undefined,
  );
  return [soFar(votes.map(mentionVoter), needed, missing), ...voteLines(telling)];
}

function needed({ votes, needed, requesterUnknown }: DescribedApprovals): string[] {
  if (needed === 1) return [];
  if (requesterUnknown === undefined) return votes.length > 0 ? [] : [`*Needs ${needed} approvers.*`];
  return [
    `*Needs ${needed} approvers:* the requester is not known in Slack: ${plain(requesterUnknown, 300)}.`,
  ];
}

function requester(
  { requesterSlackId, namedTogether }: DescribedApprovals,
  { breakGlass }: { breakGlass: boolean },
): string[] {
  if (requesterSlackId === undefined || namedTogether !== undefined) return [];
  const who = `${mention(requesterSlackId)} made this change`;
  return [
    breakGlass
      ? `${who} and may approve it only as an approver who breaks the glass.`
      : `${who} and may not decide.`,
  ];
}
