import { useEffect, useState } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { followSandbox } from './follow.ts';

/** The sandbox's state as it is now; null until it was read once. */
export function useSandboxState(): { state: SandboxState | null; connected: boolean } {
  const [state, setState] = useState<SandboxState | null>(null);
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    const following = followSandbox(setState, setConnected);
    return () => following.stop();
  }, []);
  return { state, connected };
}
