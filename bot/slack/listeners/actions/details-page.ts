import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import * as z from 'zod';
import { DETAILS } from '../../identifiers.ts';
import type { BotDeps } from '../deps.ts';
import { pageOf } from './details.ts';
import { tellPrivately } from './tell-privately.ts';

type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

const metadataSchema = z.object({ id: z.string() });

/**
 * A button inside the modal of details: shows another page of it. Nothing is checked again: the modal was opened for
 * this person, and its `private_metadata` is written by Slack alone.
 */
export function turnDetailsPage(deps: BotDeps) {
  return async (args: ButtonArgs): Promise<void> => {
    await args.ack();
    const { view } = args.body;
    if (view?.callback_id !== DETAILS.view) return;
    const { id } = metadataSchema.parse(JSON.parse(view.private_metadata));
    try {
      const request = await deps.ledger.read(id);
      if (request === undefined) throw new Error(`There is no request ${id} any more.`);
      await deps.slack.updateView(view.id, await pageOf(deps, request, Number(args.action.value) || 0));
    } catch (error) {
      deps.logger.error('A page of the details could not be shown', { error, requestId: id });
      await tellPrivately(deps, args, 'This page could not be shown just now. Close this and try again.');
    }
  };
}
