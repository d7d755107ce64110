import { whyNoMember } from '../../approvers/is-member.ts';
import { failureInBrief } from '../../slack/api/slack-error.ts';
import type { BotDeps } from '../deps.ts';

/** Whether somebody is a full member of the workspace: nobody else is answered. */
export type Membership = 'member' | 'none' | { unknown: string };

/** Asks Slack now. Never throws: a look-up that fails is part of the answer. */
export async function membershipOf(
  { slack, rules, log }: Pick<BotDeps, 'slack' | 'rules' | 'log'>,
  userId: string,
): Promise<Membership> {
  try {
    return whyNoMember(await slack.profile(userId), rules.teamId) === undefined ? 'member' : 'none';
  } catch (error) {
    log.warn('Slack could not be asked who used a command', { error });
    return { unknown: failureInBrief(error) };
  }
}
