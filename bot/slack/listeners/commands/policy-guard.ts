import type { SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../messages/blocks.ts';
import type { BotDeps } from '../deps.ts';
import { doctor } from './doctor.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { pending } from './pending.ts';
import { show } from './show.ts';

/** Who asked, from where, and what stands after the subcommand. */
export interface Question {
  argument: string;
  userId: string;
  channel: string;
}

export type Subcommand = (deps: BotDeps, question: Question) => Promise<Message>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = { '': list, list, pending, show, doctor, help };

/** `/policy-guard [subcommand] [argument]`; only the person who asked sees the answer. */
export function policyGuard(deps: BotDeps) {
  return async ({ ack, command }: SlackCommandMiddlewareArgs): Promise<void> => {
    const [word = '', ...rest] = command.text.trim().split(/\s+/);
    const subcommand = Object.hasOwn(SUBCOMMANDS, word.toLowerCase())
      ? SUBCOMMANDS[word.toLowerCase()]
      : help;
    const question = {
      argument: rest.join(' '),
      userId: command.user_id,
      channel: command.channel_id,
    };
    const answer = await (subcommand ?? help)(deps, question);
    await ack({ ...answer, response_type: 'ephemeral' });
  };
}
