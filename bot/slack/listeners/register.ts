import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTION, COMMAND, REASON_VIEW } from '../identifiers.ts';
import { decideOnClick } from './actions/decide.ts';
import { openReasonView } from './actions/open-reason-view.ts';
import { showPolicy } from './actions/show-policy.ts';
import { policyGuard } from './commands/policy-guard.ts';
import type { BotDeps } from './deps.ts';
import { decideWithReason } from './views/decide-with-reason.ts';

/** Every surface of the bot and what listens to it. */
export function registerListeners(app: App, deps: BotDeps): void {
  app.action<BlockAction<ButtonAction>>(ACTION.approve, decideOnClick(deps, 'approved'));
  app.action<BlockAction<ButtonAction>>(ACTION.deny, decideOnClick(deps, 'denied'));
  app.action<BlockAction<ButtonAction>>(ACTION.decideWithReason, openReasonView(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.showPolicy, showPolicy(deps));
  app.view(REASON_VIEW, decideWithReason(deps));
  app.command(COMMAND, policyGuard(deps));
}
