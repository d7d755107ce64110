import { type Message, message, section } from '../../slack/blocks/blocks.ts';

/** The outcome of a request whose requester approved it, once more and loud: it calls the whole channel. */
export function loudOutcomeMessage({ text, blocks }: Message): Message {
  const says = 'Break glass: the requester has approved their own change.';
  return message(`<!channel> ${says} ${text}`, [section(`<!channel> *${says}*`), ...blocks]);
}
