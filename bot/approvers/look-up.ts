import type { SlackApi } from '../media/slack/api/slack-api.ts';
import { failureInBrief, SlackCallError } from '../media/slack/api/slack-error.ts';
import type { Decider, DecisionRules, GroupLookup } from './may-decide.ts';

/**
 * Reads from Slack what `mayDecide` needs to know, all at once because a click must be answered within 3 s.
 * A lookup that fails is part of the answer, not an error.
 */
export async function lookUpDecider(
  slack: Pick<SlackApi, 'profile' | 'groupMembers'>,
  rules: DecisionRules,
  click: { userId: string; channel: string | undefined },
): Promise<Decider> {
  const groupIds = rules.APPROVERS.includes(click.userId)
    ? []
    : rules.APPROVERS.filter((id) => id.startsWith('S'));
  const [profile, ...groups] = await Promise.all([
    slack.profile(click.userId).catch((error: Error) => ({ unknown: failureInBrief(error) })),
    ...groupIds.map(
      async (groupId): Promise<GroupLookup> => ({
        groupId,
        members: await slack.groupMembers(groupId).catch(nobodyOrUnknown),
      }),
    ),
  ]);
  return { profile, groups, channel: click.channel };
}

/** A group that does not exist is an answer: nobody is in it, and asking again would not help. The doctor names it. */
function nobodyOrUnknown(error: unknown): [] | 'unknown' {
  return error instanceof SlackCallError && error.code === 'no_such_subteam' ? [] : 'unknown';
}
