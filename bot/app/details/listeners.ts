import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { ModalView } from '../../media/slack/blocks/types.ts';
import { DETAILS } from '../../media/slack/identifiers.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import type { BotDeps } from '../deps.ts';
import { tellPrivately } from '../tell.ts';
import { describeDetails } from './describe-details.ts';
import { detailsOriginSchema, detailsView } from './details-view.ts';
import { whyNotSee } from './may-see.ts';
import { readEarlier } from './read-earlier.ts';

/**
 * "Details", on a message, in a direct message or on App Home: the request in full. A trigger lives 3 s, so whoever
 * clicked is looked up while the request is read.
 */
export function openDetails(deps: BotDeps) {
  return async (args: ButtonArgs): Promise<void> => {
    await args.ack();
    const click = readClick(args.body, args.action);
    try {
      const found = await findForReader(deps, click);
      if ('why' in found) return await tellPrivately(deps, args, found.why);
      await deps.slack.openView(args.body.trigger_id, await pageOf(deps, found, click, 0));
    } catch (error) {
      deps.log.error('The details could not be opened', { error, requestId: click.requestId });
      await tellPrivately(deps, args, 'This could not be shown just now; nothing was changed. Try again.');
    }
  };
}

/** Who wants to see which request, and where that was clicked. */
type Reader = Pick<Click, 'requestId' | 'userId' | 'channel'>;

/** @returns the request, or why it is not shown: one sentence for the person who clicked */
async function findForReader(deps: BotDeps, reader: Reader): Promise<ApprovalRequest | { why: string }> {
  const [why, request] = await Promise.all([whyNotSee(deps, reader), deps.ledger.read(reader.requestId)]);
  if (why !== undefined) return { why };
  return request ?? { why: 'This request is not known (any more).' };
}

/** @param page from 0 */
async function pageOf(
  deps: BotDeps,
  request: ApprovalRequest,
  { channel }: Pick<Reader, 'channel'>,
  page: number,
): Promise<ModalView> {
  const details = describeDetails(request, await readEarlier(deps, request), {
    now: deps.now(),
    settings: deps.settings,
  });
  return detailsView(details, page, channel);
}

/**
 * A button inside the modal of details: shows another page of it, to whoever still may see it. Which request it is and
 * where it was opened stands in its `private_metadata`, which Slack alone can write.
 */
export function turnDetailsPage(deps: BotDeps) {
  return async (args: ButtonArgs): Promise<void> => {
    await args.ack();
    const { view, user } = args.body;
    if (view?.callback_id !== DETAILS.view) return;
    const { id, channel } = detailsOriginSchema.parse(JSON.parse(view.private_metadata));
    const reader = { requestId: id, userId: user.id, channel };
    try {
      const found = await findForReader(deps, reader);
      if ('why' in found) return await tellPrivately(deps, args, found.why);
      await deps.slack.updateView(view.id, await pageOf(deps, found, reader, Number(args.action.value) || 0));
    } catch (error) {
      deps.log.error('A page of the details could not be shown', { error, requestId: id });
      await tellPrivately(deps, args, 'This page could not be shown just now. Close this and try again.');
    }
  };
}
