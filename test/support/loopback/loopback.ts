import http, {
  type IncomingMessage,
  type RequestListener,
  type RequestOptions,
  type ServerOptions,
} from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { localFetch } from './local-fetch.ts';
import { LocalRequest } from './local-request.ts';
import { follow, isHeadTaken, localAt } from './servers.ts';

export interface ShortLoopback {
  /** Whether servers that are made can be reached without a socket. */
  takesServers: boolean;
}

/**
 * From now on what this process sends to itself over `http` and `fetch` is handed over without a socket: the same
 * requests, headers, bodies and resets, and none of the work of a connection. Everything else goes where it went, and
 * whoever is outside of this process reaches its servers as before.
 */
export function shortenLoopback(): ShortLoopback {
  const loopback = { takesServers: true };
  const real = { createServer: http.createServer, request: http.request };
  const createServer = (options: ServerOptions, listener: RequestListener) => {
    const server = real.createServer(options, listener);
    return loopback.takesServers ? follow(server) : server;
  };
  const request = (...given: Parameters<typeof http.request>) => {
    const [options, onResponse] = given as unknown[] as [unknown, ((answer: IncomingMessage) => void)?];
    const local = isPlain(options) ? localAt(options.host, options.port) : undefined;
    return local === undefined
      ? real.request(...given)
      : new LocalRequest(local, options as RequestOptions, onResponse);
  };
  Object.assign(http, { createServer, request });
  syncBuiltinESMExports();
  globalThis.fetch = localFetch(globalThis.fetch);
  return loopback;
}

/** As the AWS SDK asks. What asks otherwise goes the long way. */
function isPlain(options: unknown): options is RequestOptions {
  if (typeof options !== 'object' || options === null || options instanceof URL) return false;
  const { path, headers } = options as RequestOptions;
  return isHeadTaken(path ?? '', headers ?? {});
}
