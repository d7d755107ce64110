import { textMessage } from '../../slack/blocks/blocks.ts';
import type { Subcommand } from './policy-guard.ts';

/**
 * Requests hold names, accounts and policies: they are shown to whoever is in the security channel and nobody else,
 * so the question has to be asked there. A ledger that is away is said to be away.
 */
export function inChannelOnly(subcommand: Subcommand): Subcommand {
  return async (deps, question) => {
    if (question.channel !== deps.rules.channel) {
      return textMessage(`Ask in <#${deps.rules.channel}>: requests are shown there only.`);
    }
    try {
      return await subcommand(deps, question);
    } catch (error) {
      deps.log.error('A request could not be shown', { error });
      return textMessage('The ledger did not answer. Try again; `/policy-guard doctor` says what is wrong.');
    }
  };
}
