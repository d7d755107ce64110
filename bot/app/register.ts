import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTION, COMMAND, DETAILS, HOME, VIEW } from '../media/slack/identifiers.ts';
import { answerOnClick } from './actions/answer.ts';
import { askOnClick } from './actions/ask.ts';
import { approveOnClick, denyOnClick } from './actions/decide.ts';
import { decideAllOnClick } from './actions/decide-group.ts';
import { lookOnClick } from './actions/look.ts';
import { policyGuard } from './commands/policy-guard.ts';
import type { BotDeps } from './deps.ts';
import { openDetails, turnDetailsPage } from './details/listeners.ts';
import { followLink, refreshHome, showHome } from './home/listeners.ts';
import { askRequester } from './views/ask.ts';
import { approveGroup, denyGroup } from './views/decide-group.ts';
import { breakGlassWithReason, denyWithReason } from './views/decide-with-reason.ts';

/** Every surface of the bot and what listens to it. */
export function registerListeners(app: App, deps: BotDeps): void {
  app.action<BlockAction<ButtonAction>>(ACTION.approve, approveOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.deny, denyOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.details, openDetails(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.ask, askOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.look, lookOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.answer, answerOnClick(deps, 'answer'));
  app.action<BlockAction<ButtonAction>>(ACTION.giveReason, answerOnClick(deps, 'reason'));
  app.action<BlockAction<ButtonAction>>(new RegExp(`^${DETAILS.page}_`), turnDetailsPage(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.approveAll, decideAllOnClick(deps, 'approved'));
  app.action<BlockAction<ButtonAction>>(ACTION.denyAll, decideAllOnClick(deps, 'denied'));
  app.action(HOME.refresh, refreshHome(deps));
  app.action(HOME.openMessage, followLink);
  app.view(VIEW.ask, askRequester(deps));
  app.view(VIEW.deny, denyWithReason(deps));
  app.view(VIEW.breakGlass, breakGlassWithReason(deps));
  app.view(VIEW.approveAll, approveGroup(deps));
  app.view(VIEW.denyAll, denyGroup(deps));
  app.event('app_home_opened', showHome(deps));
  app.command(COMMAND, policyGuard(deps));
}
