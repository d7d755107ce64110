import { textMessage } from '../../media/slack/blocks/blocks.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { BotDeps } from '../deps.ts';

/** Who asked, from where, and what stands after the subcommand. */
interface Question {
  /** The subcommand as it was typed. */
  word: string;
  /** As Slack sends it: with its entities, line breaks and quotation marks. */
  argument: string;
  userId: string;
  channel: string;
}

export type Subcommand = (deps: BotDeps, question: Question) => Promise<Message>;

/**
 * Requests hold names, accounts and policies: they are shown to whoever is in the security channel and nobody else,
 * so the question has to be asked there. A ledger that is away is said to be away.
 */
export function inChannelOnly(subcommand: Subcommand): Subcommand {
  return async (deps, question) => {
    if (question.channel !== deps.settings.SLACK_CHANNEL) {
      return textMessage(`Ask in <#${deps.settings.SLACK_CHANNEL}>: requests are shown there only.`);
    }
    try {
      return await subcommand(deps, question);
    } catch (error) {
      deps.log.error('A request could not be shown', { error });
      return textMessage('The ledger did not answer. Try again; `/policy-guard doctor` says what is wrong.');
    }
  };
}
