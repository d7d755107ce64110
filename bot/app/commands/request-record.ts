import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { outcomeMessage } from '../../notices/outcome/message.ts';
import { type RequestMessageOptions, requestMessage } from '../../notices/request/message.ts';
import { context, type Message } from '../../slack/blocks/blocks.ts';
import { link } from '../../slack/blocks/mrkdwn.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';

/**
 * A request for the person who asked to see it: as it stands, and without buttons.
 *
 * @param place where its message is; nowhere while Slack has not taken it
 */
export function requestRecordMessage(
  view: DescribedRequest,
  options: RequestMessageOptions,
  place: SlackMessageRef | undefined,
): Message {
  if (view.outcome !== undefined) return outcomeMessage(view, view.outcome);
  const { text, blocks } = requestMessage(view, options);
  return {
    text,
    blocks: [...blocks.filter((block) => block.type !== 'actions'), context(whereTheButtonsAre(place))],
  };
}

function whereTheButtonsAre(place: SlackMessageRef | undefined): string {
  if (place === undefined) {
    return 'Slack has not taken its message yet, so it went by e-mail; the buttons come here with the next reminder.';
  }
  const { permalink } = place;
  return permalink === undefined
    ? 'The buttons are on the message in this channel.'
    : `The buttons are on ${link(permalink, 'the message in this channel')}.`;
}
