import type { Requester } from '../../workflow/events/change.ts';
import type { SlackProfile } from '../slack/api/slack-api.ts';
import { isSamePerson } from './same-person.ts';

/** What was read of one user group: its members, or that it could not be read. */
export interface GroupLookup {
  groupId: string;
  members: readonly string[] | 'unknown';
}

export interface DecisionAttempt {
  /** What Slack says of the person, or why it could not be asked. */
  profile: SlackProfile | { unknown: string };
  /** The user groups of the approver list, as far as they had to be read. */
  groups: readonly GroupLookup[];
  /** Where the click was made. */
  channel: string | undefined;
  requester: Requester;
}

export interface DecisionRules {
  channel: string;
  teamId: string;
  /** User ids and user group ids. */
  approvers: readonly string[];
  /** Whether an approver may approve their own change, with a reason. */
  breakGlass: boolean;
}

export type MayDecide = { allowed: true } | { allowed: false; reason: string };

/**
 * Whether a person may decide a request, at the moment of the click. Pure. Whatever could not be found out means no.
 * The reason is one sentence for that person.
 */
export function mayDecide(attempt: DecisionAttempt, rules: DecisionRules): MayDecide {
  const { profile, requester } = attempt;
  if (attempt.channel !== rules.channel) {
    return no('Requests are decided in the security channel only.');
  }
  if ('unknown' in profile) {
    return no(
      `Slack could not be asked who you are (${profile.unknown}), so nothing was decided. Try again.`,
    );
  }
  const reason =
    notAMember(profile, rules.teamId) ?? notAnApprover(profile.id, attempt.groups, rules.approvers);
  if (reason !== undefined) return no(reason);
  if (profile.email === undefined) {
    return no(
      'Slack shows no confirmed e-mail address for you, so it is not certain that you are not the requester. ' +
        'The app needs the scope users:read.email; /policy-guard doctor says how to mend that.',
    );
  }
  const shared = isSamePerson(requester, profile);
  if (shared !== undefined) {
    return no(`You look like the requester (“${shared}”), and nobody decides on their own change.`);
  }
  return { allowed: true };
}

function notAMember(profile: SlackProfile, teamId: string): string | undefined {
  if (profile.deleted) return 'Your Slack account is deactivated.';
  if (profile.bot) return 'Only people decide, not bots.';
  if (profile.guest) return 'Guests of the workspace may not decide.';
  const home = profile.teamId === teamId || profile.teamIds.includes(teamId);
  return home ? undefined : 'Only members of the configured workspace may decide.';
}

function notAnApprover(
  userId: string,
  groups: readonly GroupLookup[],
  approvers: readonly string[],
): string | undefined {
  if (approvers.includes(userId)) return undefined;
  const listed = groups.filter((group) => approvers.includes(group.groupId));
  if (listed.some((group) => group.members !== 'unknown' && group.members.includes(userId))) return undefined;
  if (listed.some((group) => group.members === 'unknown')) {
    return 'Slack could not be asked for the members of an approver group, so nothing was decided. Try again.';
  }
  return 'You are not on the list of approvers.';
}

function no(reason: string): MayDecide {
  return { allowed: false, reason };
}
