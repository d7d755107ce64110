import { lookUpDecider } from '../../../approvers/look-up.ts';
import { standingOf } from '../../../approvers/standing.ts';
import type { BotDeps } from '../deps.ts';
import type { Click } from './read-click.ts';

/**
 * Requests hold names, accounts and policies. They are shown to whoever is in the security channel, and to approvers
 * wherever they click.
 *
 * @returns one sentence for whoever may not see them
 */
export async function whyNotSee(
  { slack, rules }: Pick<BotDeps, 'slack' | 'rules'>,
  { userId, channel }: Pick<Click, 'userId' | 'channel'>,
): Promise<string | undefined> {
  if (channel === rules.channel) return undefined;
  switch (standingOf(await lookUpDecider(slack, rules, { userId, channel }), rules)) {
    case 'approver':
      return undefined;
    case 'unknown':
    case 'maybe-approver':
      return 'Slack could not be asked whether you are an approver, so nothing is shown. Try again.';
    default:
      return 'Requests are shown in the security channel, and to approvers.';
  }
}
