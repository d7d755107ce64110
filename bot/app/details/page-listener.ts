import { DETAILS } from '../../slack/identifiers.ts';
import type { ButtonArgs } from '../click.ts';
import type { BotDeps } from '../deps.ts';
import { tellPrivately } from '../tell.ts';
import { detailsOriginSchema } from './details-view.ts';
import { findForReader, pageOf } from './listeners.ts';

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
