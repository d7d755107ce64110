import { createContext, useContext } from 'react';
import type { Click } from './types.ts';

/** What blocks need to know of the place where they stand. */
export interface Surface {
  userName(id: string): string;
  channelName(id: string): string;
  /** The handle of a user group without the `@`; undefined for one that the workspace does not know. */
  groupHandle(id: string): string | undefined;
  onClick(click: Click): void;
  /** The action whose click has not been answered yet. */
  pendingActionId: string | null;
}

export const SurfaceContext = createContext<Surface>({
  userName: (id) => id,
  channelName: (id) => id,
  groupHandle: () => undefined,
  onClick: () => {},
  pendingActionId: null,
});

export function useSurface(): Surface {
  return useContext(SurfaceContext);
}
