import { helpMessage, WORDS } from './help-message.ts';
import type { Subcommand } from './policy-guard.ts';
import { suggest } from './suggest.ts';

/** `/policy-guard help`, and whatever is no subcommand: then with the one that was probably meant. */
export const help: Subcommand = async (_, { word }) =>
  WORDS.includes(word.toLowerCase())
    ? helpMessage()
    : helpMessage({ typed: word, meant: suggest(word, WORDS) });
