import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import { ACTION, COMMAND, VIEW } from '../identifiers.ts';
import { approveOnClick, denyOnClick } from './actions/decide.ts';
import { decideAllOnClick } from './actions/decide-group.ts';
import { showPolicy } from './actions/show-policy.ts';
import { policyGuard } from './commands/policy-guard.ts';
import type { BotDeps } from './deps.ts';
import { approveGroup, denyGroup } from './views/decide-group.ts';
import { breakGlassWithReason, denyWithReason } from './views/decide-with-reason.ts';

/** Every surface of the bot and what listens to it. */
export function registerListeners(app: App, deps: BotDeps): void {
  app.action<BlockAction<ButtonAction>>(ACTION.approve, approveOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.deny, denyOnClick(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.details, showPolicy(deps));
  app.action<BlockAction<ButtonAction>>(ACTION.approveAll, decideAllOnClick(deps, 'approved'));
  app.action<BlockAction<ButtonAction>>(ACTION.denyAll, decideAllOnClick(deps, 'denied'));
  app.view(VIEW.deny, denyWithReason(deps));
  app.view(VIEW.breakGlass, breakGlassWithReason(deps));
  app.view(VIEW.approveAll, approveGroup(deps));
  app.view(VIEW.denyAll, denyGroup(deps));
  app.command(COMMAND, policyGuard(deps));
}
