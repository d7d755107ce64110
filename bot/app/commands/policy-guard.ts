import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import { whyNoMember } from '../../approvers/is-member.ts';
import { doctorMessage } from '../../doctor/message.ts';
import { failureInBrief } from '../../media/slack/api/slack-error.ts';
import { context, textMessage } from '../../media/slack/blocks/blocks.ts';
import { plain } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { BotDeps } from '../deps.ts';
import { baseline } from './baseline.ts';
import { check } from './check.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { pending } from './pending.ts';
import { resume } from './resume.ts';
import { show } from './show.ts';
import type { Subcommand } from './subcommand.ts';

/** `/policy-guard doctor`: what is wrong with the installation, and how to mend it. Works in any channel. */
const doctor: Subcommand = async ({ examine }, { userId }) => doctorMessage(await examine(userId));

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['', list],
  ...Object.entries({ list, check, pending, show, history, resume, baseline, doctor, help }),
]);

/** Whatever else is broken, these say what can be done. */
const ALWAYS_ANSWERED: readonly Subcommand[] = [help, doctor];

/**
 * `/policy-guard [subcommand] [argument]`; only the person who asked sees the answer. It is found while Slack is asked
 * who that is, for both have to be done within 3 s, and held back from whoever is no member.
 */
export function policyGuard(deps: BotDeps) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs): Promise<void> => {
    const [, word = '', argument = ''] = /^(\S*)\s*([\s\S]*)$/.exec(command.text.trim()) ?? [];
    const subcommand = SUBCOMMANDS.get(word.toLowerCase()) ?? help;
    const question = { word, argument, userId: command.user_id, channel: command.channel_id };
    const [membership, found] = await Promise.all([
      membershipOf(deps, command.user_id),
      subcommand(deps, question),
    ]);
    const told = answerTo(membership, found, ALWAYS_ANSWERED.includes(subcommand));
    await ack({ ...told, response_type: 'ephemeral' });
  };
}

function answerTo(membership: Membership, found: Message, always: boolean): Message {
  if (membership === 'member') return found;
  if (membership === 'none') {
    return textMessage(
      'Policy Guard answers full members of this workspace only: no guests, no bots, nobody from outside.',
    );
  }
  const why = `Slack could not be asked who you are (${plain(membership.unknown, 300)}).`;
  if (!always) return textMessage(`${why} Nothing is shown before that is known. Try again.`);
  return { ...found, blocks: [...found.blocks, context(why)] };
}

/** Whether somebody is a full member of the workspace: nobody else is answered. */
type Membership = 'member' | 'none' | { unknown: string };

/** Asks Slack now. Never throws: a look-up that fails is part of the answer. */
async function membershipOf(
  { slack, settings, log }: Pick<BotDeps, 'slack' | 'settings' | 'log'>,
  userId: string,
): Promise<Membership> {
  try {
    return whyNoMember(await slack.profile(userId), settings.SLACK_TEAM_ID) === undefined ? 'member' : 'none';
  } catch (error) {
    log.warn('Slack could not be asked who used a command', { error });
    return { unknown: failureInBrief(error) };
  }
}
