import type { SandboxState, ViewState } from '../../api/contract.ts';
import type { Surface } from '../blocks/surface.ts';
import type { Slack } from './use-slack.ts';

/** Blocks in the sandbox's Slack: mentions by the names that the workspace knows. */
export function createSurface(
  state: SandboxState,
  interaction: Pick<Surface, 'onClick' | 'pendingActionId'>,
): Surface {
  const { channel, groups } = state.slack;
  return {
    userName: (id) => state.people.find((person) => person.id === id)?.name ?? id,
    channelName: (id) => (id === channel.id ? channel.name : id),
    groupHandle: (id) => groups.find((group) => group.id === id)?.handle,
    ...interaction,
  };
}

/** Blocks of a modal or App Home: a click there goes to its view. */
export function createViewSurface(state: SandboxState, view: ViewState, slack: Slack): Surface {
  return createSurface(state, {
    onClick: (click) => slack.clickView(view, click),
    pendingActionId: slack.pending?.place === view.id ? slack.pending.actionId : null,
  });
}
