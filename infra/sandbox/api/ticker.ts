import type { IncomingMessage, ServerResponse } from 'node:http';

/** Changes come in bursts; one tick for each burst is enough. Milliseconds. */
const GATHER_MS = 40;

/** Server-sent events that say only that something has changed; whoever listens reads the state anew. */
export function createTicker() {
  const listeners = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  return {
    subscribe(request: IncomingMessage, response: ServerResponse): void {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': connected\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
    },
    changed(): void {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const listener of listeners) listener.write('data: changed\n\n');
      }, GATHER_MS);
    },
    close(): void {
      clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
