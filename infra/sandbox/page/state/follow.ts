import type { SandboxState } from '../../api/contract.ts';

/** How often to ask while the event stream is away. */
const POLL_MS = 2000;

interface Following {
  stop(): void;
}

/**
 * Reads the sandbox's state now and whenever the server says that something changed; polls while the event stream
 * is away. `onState` is not called for an unchanged state.
 */
export function followSandbox(
  onState: (state: SandboxState) => void,
  onConnected: (connected: boolean) => void,
): Following {
  const refresh = createRefresh(onState, onConnected);
  const events = new EventSource('/api/events');
  let poll: ReturnType<typeof setInterval> | undefined;
  events.onopen = () => {
    clearInterval(poll);
    poll = undefined;
    refresh();
  };
  events.onmessage = refresh;
  events.onerror = () => {
    poll ??= setInterval(refresh, POLL_MS);
  };
  refresh();
  return {
    stop() {
      events.close();
      clearInterval(poll);
    },
  };
}

/** One read at a time; a tick that comes meanwhile causes exactly one more. */
function createRefresh(
  onState: (state: SandboxState) => void,
  onConnected: (connected: boolean) => void,
): () => void {
  let reading = false;
  let again = false;
  let last = '';
  return async function refresh(): Promise<void> {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    do {
      again = false;
      const text = await readState();
      onConnected(text !== undefined);
      if (text !== undefined && text !== last) {
        last = text;
        onState(JSON.parse(text) as SandboxState);
      }
    } while (again);
    reading = false;
  };
}

/** Undefined while the sandbox does not answer: the page shows that, and the next tick or poll tries again. */
async function readState(): Promise<string | undefined> {
  try {
    const response = await fetch('/api/state');
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
