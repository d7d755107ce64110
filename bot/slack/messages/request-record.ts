import type { RequestView } from '../../view/describe-request.ts';
import type { Message } from './blocks.ts';
import { context } from './blocks.ts';
import { outcomeMessage } from './decided-message.ts';
import type { RequestMessageOptions } from './request-message.ts';
import { requestMessage } from './request-message.ts';

/** A request for the person who asked to see it: as it stands, and without buttons. */
export function requestRecordMessage(view: RequestView, options: RequestMessageOptions): Message {
  if (view.outcome !== undefined) return outcomeMessage(view, view.outcome);
  const { text, blocks } = requestMessage(view, options);
  return {
    text,
    blocks: [
      ...blocks.filter((block) => block.type !== 'actions'),
      context('The buttons are on the message in this channel.'),
    ],
  };
}
