import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { reasonView } from '../../messages/reason-view.ts';
import type { BotDeps } from '../deps.ts';
import { openViewOnClick } from './open-view.ts';

type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/** "Decide with a reason…". Nothing is checked yet: what counts is who submits, and that is checked then. */
export function openReasonView(deps: BotDeps) {
  return (args: ButtonArgs) => openViewOnClick(deps, args, reasonView);
}
