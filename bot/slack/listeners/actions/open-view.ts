import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import type { RequestView } from '../../../view/describe-request.ts';
import { describeRequest } from '../../../view/describe-request.ts';
import type { ModalView } from '../../messages/blocks.ts';
import type { BotDeps } from '../deps.ts';
import { readClick } from './read-click.ts';
import { tell } from './tell.ts';

/** Opens a modal about the request of a click; a trigger lives 3 s, so there is one read before it and no more. */
export async function openViewOnClick(
  deps: BotDeps,
  { ack, body, action, respond }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>>,
  build: (view: RequestView, request: ApprovalRequest) => ModalView,
): Promise<void> {
  await ack();
  const { requestId, channel } = readClick(body, action);
  const refusal =
    channel === deps.rules.channel ? undefined : 'Requests are shown in the security channel only.';
  try {
    const request = refusal === undefined ? await deps.ledger.read(requestId) : undefined;
    if (request === undefined)
      return await tell(deps, respond, refusal ?? 'This request is not known (any more).');
    await deps.slack.openView(body.trigger_id, build(describeRequest(request), request));
  } catch (error) {
    deps.logger.error('A modal could not be opened', { error, requestId });
    await tell(deps, respond, 'This could not be shown just now; nothing was changed. Try again.');
  }
}
