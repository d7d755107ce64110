import type { SandboxState } from '../../api/contract.ts';
import type { Surface } from '../blocks/surface.ts';

/** Blocks in the sandbox's Slack: mentions by the names that the workspace knows. */
export function createSurface(
  state: SandboxState,
  interaction: Pick<Surface, 'onClick' | 'pendingActionId'>,
): Surface {
  const { channel } = state.slack;
  return {
    userName: (id) => state.people.find((person) => person.id === id)?.name ?? id,
    channelName: (id) => (id === channel.id ? channel.name : id),
    ...interaction,
  };
}
