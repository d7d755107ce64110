import type { NamedRequester } from '../../workflow/ledger/requesters.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import type { SlackProfile } from '../media/slack/api/slack-api.ts';
import { type NoMember, whyNoMember } from './is-member.ts';
import { isSamePerson } from './same-person.ts';

/** What was read of one user group: its members, or that it could not be read. */
export interface GroupLookup {
  groupId: string;
  members: readonly string[] | 'unknown';
}

/** What Slack says of a person who wants to decide, and from where. */
export interface Decider {
  /** What Slack says of the person, or why it could not be asked. */
  profile: SlackProfile | { unknown: string };
  /** The user groups of the approver list, as far as they had to be read. */
  groups: readonly GroupLookup[];
  /** Where the click was made. */
  channel: string | undefined;
}

/** What is to be decided, and whose change it is. */
export interface Subject {
  decision: 'approved' | 'denied';
  /** Everybody whom an event names as its maker. */
  requesters: readonly NamedRequester[];
}

export type DecisionRules = Pick<Settings, 'SLACK_CHANNEL' | 'SLACK_TEAM_ID' | 'APPROVERS' | 'BREAK_GLASS'>;

export type RefusalCode =
  | NoMember
  | 'wrong-channel'
  | 'slack-unavailable'
  | 'not-an-approver'
  | 'group-unavailable'
  | 'no-email'
  | 'requester';

/**
 * - `break-glass`: an approver, but the requester too; only an approval with a written reason counts.
 * - `refused`: `reason` is one sentence or two for that person, not escaped.
 */
type MayDecide =
  | { status: 'allowed' }
  | { status: 'break-glass' }
  | { status: 'refused'; code: RefusalCode; reason: string };

/**
 * Whether a person may decide a request, at the moment of the click. Pure. Whatever could not be found out means no.
 */
export function mayDecide(decider: Decider, subject: Subject, rules: DecisionRules): MayDecide {
  const { profile, groups, channel } = decider;
  if (channel !== rules.SLACK_CHANNEL) return no('wrong-channel');
  if ('unknown' in profile) {
    const reason = `Slack could not be asked who you are (${profile.unknown}), so nothing was decided. Try again.`;
    return { status: 'refused', code: 'slack-unavailable', reason };
  }
  const refusal =
    whyNoMember(profile, rules.SLACK_TEAM_ID) ?? whyNoApprover(profile.id, groups, rules.APPROVERS);
  if (refusal !== undefined) return no(refusal);
  const own = whyRequesters(profile, subject.requesters);
  if (own === undefined) return { status: 'allowed' };
  const disputed = subject.requesters.length > 1;
  // Whoever forges an event in the name of every approver must not be able to keep a request from being ended.
  if (disputed && subject.decision === 'denied') return { status: 'allowed' };
  if (own === 'no-email') return no(own);
  if (rules.BREAK_GLASS && subject.decision === 'approved') return { status: 'break-glass' };
  return { status: 'refused', code: 'requester', reason: `${own.reason}${disputed ? DISPUTED : ''}` };
}

const DISPUTED =
  ' Several events name different makers of this change. Look up in CloudTrail which is true; none of them may approve it. Everybody on the list of approvers may deny it.';

const REASON: Readonly<Record<Exclude<RefusalCode, 'slack-unavailable' | 'requester'>, string>> = {
  'wrong-channel': 'Requests are decided in the security channel only.',
  deactivated: 'Your Slack account is deactivated.',
  bot: 'Only people decide, not bots.',
  guest: 'Guests of the workspace may not decide.',
  stranger: 'People from outside the workspace may not decide.',
  'not-an-approver': 'You are not on the list of approvers.',
  'group-unavailable':
    'Slack could not be asked for the members of an approver group, so nothing was decided. Try again.',
  'no-email':
    'Slack shows no confirmed e-mail address for you, so it is not certain that you are not the requester. ' +
    'The app needs the scope users:read.email; /policy-guard doctor says how to mend that.',
};

function no(code: keyof typeof REASON): MayDecide {
  return { status: 'refused', code, reason: REASON[code] };
}

function whyNoApprover(
  userId: string,
  groups: readonly GroupLookup[],
  approvers: readonly string[],
): 'not-an-approver' | 'group-unavailable' | undefined {
  if (approvers.includes(userId)) return undefined;
  const listed = groups.filter((group) => approvers.includes(group.groupId));
  if (listed.some(({ members }) => members !== 'unknown' && members.includes(userId))) return undefined;
  return listed.some(({ members }) => members === 'unknown') ? 'group-unavailable' : 'not-an-approver';
}

/** Whether a person on the list may not approve, whoever asks and wherever: no member, or named as a maker. Pure. */
export function isKeptOut(
  profile: SlackProfile,
  requesters: readonly NamedRequester[],
  { SLACK_TEAM_ID }: Pick<Settings, 'SLACK_TEAM_ID'>,
): boolean {
  return (whyNoMember(profile, SLACK_TEAM_ID) ?? whyRequesters(profile, requesters)) !== undefined;
}

/** For whoever made the change. */
export const OWN_CHANGE = 'You made this change, and nobody decides on their own change.';

/** Types of requesters that several people may be, one after another. */
const SESSIONS: readonly string[] = ['AssumedRole', 'FederatedUser'];

function whyRequesters(
  profile: SlackProfile,
  requesters: readonly NamedRequester[],
): 'no-email' | { reason: string } | undefined {
  const whys = requesters.map((named) => whyRequester(profile, named));
  return whys.find((why) => typeof why === 'object') ?? whys.find((why) => why !== undefined);
}

/**
 * Whether the person made the change. For a user of IAM the table of requesters settles it. Otherwise every name is
 * compared too: a person may have two accounts, and a session that the table gives to one may name another.
 */
function whyRequester(
  profile: SlackProfile,
  { requester, match }: NamedRequester,
): 'no-email' | { reason: string } | undefined {
  if (match?.status === 'matched' && match.slackUserId === profile.id) {
    return { reason: OWN_CHANGE };
  }
  const settled = match?.status === 'matched' && match.by === 'table';
  if (settled && !SESSIONS.includes(requester.type)) return undefined;
  if (match !== undefined && match.status !== 'matched' && match.claims === profile.id) {
    return { reason: 'This change was made in your name, and nobody decides on their own change.' };
  }
  if (profile.email === undefined) return 'no-email';
  const shared = isSamePerson(requester, profile);
  if (shared === undefined) return undefined;
  return { reason: `You look like the requester (“${shared}”), and nobody decides on their own change.` };
}
