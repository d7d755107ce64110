import { suggest } from '../../../workflow/runtime/suggest.ts';
import { message, section } from '../../media/slack/blocks/blocks.ts';
import { code } from '../../media/slack/blocks/mrkdwn.ts';
import type { Message } from '../../media/slack/blocks/types.ts';
import type { Subcommand } from './subcommand.ts';
/** `/policy-guard help`, and whatever is no subcommand: then with the one that was probably meant. */
export const help: Subcommand = async (_, { word }) =>
  WORDS.includes(word.toLowerCase())
    ? helpMessage()
    : helpMessage({ typed: word, meant: suggest(word, WORDS) });

const SUBCOMMANDS = [
  [
    'list',
    ' [text] [page N]',
    'the restricted actions, by set; of a set (`@…`), or those that contain the text, each one',
  ],
  ['check', ' s3:Delete*', 'whether an action, a pattern or a pasted policy would be caught, and by what'],
  ['pending', '', 'the requests that wait for a decision'],
  ['show', ' pg-… [page N]', 'one request, with all that has happened to it'],
  ['history', ' [n]', 'the latest decisions, at most 50: by whom, why, and after how long'],
  ['resume', ' ID', 'for approvers: a request that does not go on is taken up'],
  [
    'baseline',
    ' [text]',
    'restricted grants in force that nobody was asked about; `ask ID` puts one to the channel',
  ],
  ['doctor', '', 'checks the installation and says how to mend it'],
  ['help', '', 'this'],
] as const;

/** The subcommands. */
const WORDS: readonly string[] = SUBCOMMANDS.map(([word]) => word);

/** @param mistake a word that is no subcommand, and the one that was probably meant */
export function helpMessage(mistake?: { typed: string; meant: string | undefined }): Message {
  const lines = SUBCOMMANDS.map(([word, argument, what]) => `\`/policy-guard ${word}${argument}\` – ${what}`);
  return message('What /policy-guard can do', [
    ...(mistake === undefined ? [] : [section(misread(mistake))]),
    section(
      [
        '*Policy Guard* takes policies that grant a restricted action out of force and asks here what to do.',
        ...lines,
      ].join('\n'),
    ),
  ]);
}

function misread({ typed, meant }: { typed: string; meant: string | undefined }): string {
  const no = `There is no ${code(typed, 60)}.`;
  return meant === undefined ? no : `${no} Did you mean \`${meant}\`?`;
}
