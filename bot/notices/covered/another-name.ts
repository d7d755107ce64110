import { identityOf } from '../../../workflow/events/identity.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { requestersOf, slackUsersOf } from '../../../workflow/ledger/requesters.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { isKeptOut } from '../../approvers/may-decide.ts';
import { changePart } from '../../media/email/change-part.ts';
import { type Email, subjectLine } from '../../media/email/email.ts';
import { field, foreign, parts } from '../../media/email/lines.ts';
import type { SlackApi } from '../../media/slack/api/slack-api.ts';
import { textMessage } from '../../media/slack/blocks/blocks.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { DescribedChange } from '../../media/wording/describe-change.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import type { Covered } from '../payload.ts';

/**
 * Whether this very report was the first to name somebody else as who made the change of a request. The same person
 * with another key is nobody else.
 */
export function bringsAnotherName(
  { change, executionArn }: Pick<Covered, 'change' | 'executionArn'>,
  request: ApprovalRequest,
): boolean {
  const { change: first, alsoNamed = [], overnamedBy } = request;
  if (overnamedBy === executionArn) return true;
  const identity = identityOf(change.requester);
  if (identity === identityOf(first.requester)) return false;
  const named = alsoNamed.find(({ requester }) => identityOf(requester) === identity);
  if (named?.executionArn !== executionArn) return false;
  const ofThatName = requestersOf(request).filter(
    ({ requester }) => requester.label === change.requester.label,
  );
  return named.match.status !== 'matched' || ofThatName.length === 1;
}

/** A list of more people is not asked about one by one. */
const MOST_ASKED = 20;

/**
 * Whether nobody is left who may approve, because events name every approver as the maker, by whatever makes a click
 * of theirs be refused.
 *
 * @returns false too where Slack does not tell who somebody is, or who is in a group
 */
export async function leavesNobody(
  slack: Pick<SlackApi, 'groupMembers' | 'profile'>,
  { APPROVERS, SLACK_TEAM_ID }: Pick<Settings, 'APPROVERS' | 'SLACK_TEAM_ID'>,
  request: ApprovalRequest,
): Promise<boolean> {
  if (request.overnamedBy !== undefined) return true;
  const requesters = requestersOf(request);
  const makers = slackUsersOf(request);
  try {
    const members = APPROVERS.map(async (id) => (id.startsWith('S') ? slack.groupMembers(id) : [id]));
    const all = [...new Set((await Promise.all(members)).flat())].filter((id) => !makers.includes(id));
    if (all.length > MOST_ASKED) return false;
    const profiles = await Promise.all(all.map((id) => slack.profile(id)));
    return profiles.every((profile) => isKeptOut(profile, requesters, { SLACK_TEAM_ID }));
  } catch {
    return false; // One of the answers: then nothing is said of it.
  }
}

/** So many names call the whole channel; whoever makes more of them does not bury it. */
const MOST_LOUD = 3;

/** Whether the name that this very execution has brought calls the channel. */
export function isLoud(
  { executionArn }: Pick<Covered, 'executionArn'>,
  { alsoNamed = [], overnamedBy }: ApprovalRequest,
): boolean {
  const nth = alsoNamed.findIndex((named) => named.executionArn === executionArn);
  return overnamedBy === executionArn || nth < MOST_LOUD;
}

/** @param loud one of the two events may be forged: it calls the whole channel */
export function anotherNameMessage(
  change: DescribedChange,
  first: string,
  { nobodyLeft, loud }: { nobodyLeft: boolean; loud: boolean },
): Message {
  return textMessage(
    `⚠️ ${loud ? '<!channel> ' : ''}*Another event names ${names(plain(change.who, 300), plain(first, 300))}, as who made this change.* One of the two may be forged. ${plain(rules(nobodyLeft), 700)}`,
  );
}

/** The same by e-mail. */
export function anotherNameEmail(
  change: DescribedChange,
  { id, change: { requester } }: ApprovalRequest,
  nobodyLeft: boolean,
): Email {
  const who = names(foreign(change.who), foreign(requester.label));
  const text = `Another event names ${who}, as who made a change that waits. One of the two may be forged.`;
  return {
    subject: subjectLine(`URGENT: two makers are named for ${change.policyName}`),
    text: parts(text, rules(nobodyLeft), field('Request', plainLine(id)), changePart(change)),
  };
}

function names(who: string, first: string): string {
  return who === first ? `${who} too, but with other credentials` : `${who}, and not ${first}`;
}

const IF_GENUINE =
  'Names that CloudTrail does not confirm are dropped; where all are genuine, deny it, take the right to make users and keys from whoever uses these names, and have the change made again.';

function rules(nobodyLeft: boolean): string {
  const left = nobodyLeft ? ` No approver is left who may approve. ${IF_GENUINE}` : '';
  return `Neither may approve it.${left} Look up in CloudTrail which is true. Anybody on the list of approvers may deny it.`;
}
