import { lookUpDecider } from '../../approvers/look-up.ts';
import { standingOf } from '../../approvers/standing.ts';
import type { Click } from '../click.ts';
import type { BotDeps } from '../deps.ts';

/**
 * Requests hold names, accounts and policies. They are shown to full members of the workspace in the security channel,
 * and to approvers wherever they click; never to a guest, a bot or anybody from outside, whom a channel may hold too.
 *
 * @returns one sentence for whoever may not see them
 */
export async function whyNotSee(
  { slack, settings }: Pick<BotDeps, 'slack' | 'settings'>,
  { userId, channel }: Pick<Click, 'userId' | 'channel'>,
): Promise<string | undefined> {
  const here = channel === settings.SLACK_CHANNEL;
  // In the channel nobody has to be an approver, so that no group is read: Slack takes few of those calls a minute.
  const asked = here ? { ...settings, APPROVERS: [] } : settings;
  switch (standingOf(await lookUpDecider(slack, asked, { userId, channel }), asked)) {
    case 'approver':
      return undefined;
    case 'member':
      return here ? undefined : SHOWN_TO;
    case 'unknown':
    case 'maybe-approver':
      return `Slack could not be asked ${here ? 'who you are' : 'whether you are an approver'}, so nothing is shown. Try again.`;
    case 'outsider':
      return SHOWN_TO;
  }
}

const SHOWN_TO = 'Requests are shown to members of the workspace in the security channel, and to approvers.';
