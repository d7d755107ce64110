import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTION, COMMAND, DETAILS, HOME, REASON_VIEW } from '../identifiers.ts';
import { decideOnClick } from './actions/decide.ts';
import { openDetails } from './actions/details.ts';
import { turnDetailsPage } from './actions/details-page.ts';
import { followLink, refreshHome } from './actions/home.ts';
import { openReasonView } from './actions/open-reason-view.ts';
import { policyGuard } from './commands/policy-guard.ts';
import type { BotDeps } from './deps.ts';
import { showHome } from './events/app-home-opened.ts';
import { decideWithReason } from './views/decide-with-reason.ts';

/** Every surface of the bot and what listens to it. */
export function registerListeners(app: App, deps: BotDeps): void {
  app.action<BlockAction<ButtonAction>>(ACTION.approve, decideOnClick(deps, 'approved'));
  app.action<BlockAction<ButtonAction>>(ACTION.deny, decideOnClick(deps, 'denied'));
  app.action<BlockAction<ButtonAction>>(ACTION.decideWithReason, openReasonView(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.details, openDetails(deps));
  app.action<BlockAction<ButtonAction>>(new RegExp(`^${DETAILS.page}_`), turnDetailsPage(deps));
  app.action(HOME.refresh, refreshHome(deps));
  app.action(HOME.openMessage, followLink);
  app.view(REASON_VIEW, decideWithReason(deps));
  app.event('app_home_opened', showHome(deps));
  app.command(COMMAND, policyGuard(deps));
}
