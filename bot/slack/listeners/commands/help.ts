import { suggest } from '../../../../workflow/runtime/suggest.ts';
import { helpMessage, WORDS } from '../../messages/help.ts';
import type { Subcommand } from './policy-guard.ts';

/** `/policy-guard help`, and whatever is no subcommand: then with the one that was probably meant. */
export const help: Subcommand = async (_, { word }) =>
  WORDS.includes(word.toLowerCase())
    ? helpMessage()
    : helpMessage({ typed: word, meant: suggest(word, WORDS) });
