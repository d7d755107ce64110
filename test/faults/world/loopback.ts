import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import http, {
  type IncomingMessage,
  type RequestListener,
  type RequestOptions,
  type Server,
} from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Writable } from 'node:stream';
import { type Answer, exchange, requestOf, type Sent } from './exchange.ts';

const real = { createServer: http.createServer, request: http.request, fetch: globalThis.fetch };
const created = channel('http.client.request.created');

/** By port. */
const servers = new Map<number, Server>();

/** What a server does is nobody's part: it does not run as the function that sent the request. */
const asNobody = AsyncLocalStorage.snapshot();

/**
 * From now on what this process sends to itself over `http` and `fetch` is handed over without a socket: the same
 * requests, headers, bodies and resets, and none of the work of a connection. Everything else goes where it went.
 *
 * @returns puts it back
 */
export function shortenLoopback(): () => void {
  const createServer = (options: http.ServerOptions, listener: RequestListener) => {
    const server = real.createServer(options, listener);
    let port = 0;
    server.once('listening', () => {
      ({ port } = server.address() as AddressInfo);
      servers.set(port, server);
    });
    return server.once('close', () => servers.delete(port));
  };
  const request = (options: RequestOptions, onResponse?: (response: IncomingMessage) => void) => {
    const server = serverAt(options.host, options.port);
    return server === undefined
      ? real.request(options, onResponse)
      : new LocalRequest(server, options, onResponse);
  };
  replace({ createServer, request, fetch: fetchLocally });
  return () => replace(real);
}

function replace({ fetch, ...ofHttp }: Record<keyof typeof real, unknown>): void {
  Object.assign(http, ofHttp);
  syncBuiltinESMExports();
  Object.assign(globalThis, { fetch });
}

function serverAt(host: unknown, port: unknown): Server | undefined {
  return host === 'localhost' || host === '127.0.0.1' ? servers.get(Number(port)) : undefined;
}

function handOver(server: Server, sent: Sent): Promise<Answer | undefined> {
  return asNobody(() => exchange((...both) => void server.emit('request', ...both), requestOf(sent)));
}

/** As much of `http.ClientRequest` as the AWS SDK uses. */
class LocalRequest extends EventEmitter {
  readonly socket = CONNECTED;
  destroyed = false;
  readonly #server: Server;
  readonly #head: Omit<Sent, 'body'>;
  #answered = false;

  constructor(
    server: Server,
    { method = 'GET', path, headers, host, port }: RequestOptions,
    onResponse?: (response: IncomingMessage) => void,
  ) {
    super();
    this.#server = server;
    this.#head = { method, url: path ?? '/', headers: { host: `${host}:${port}` } };
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
    if (onResponse !== undefined) this.once('response', onResponse);
    created.publish({ request: this });
  }

  setHeader(name: string, value: unknown): this {
    this.#head.headers[name.toLowerCase()] = String(value);
    return this;
  }

  end(body: string | Buffer = ''): this {
    process.nextTick(() => void this.#send(Buffer.from(body)));
    return this;
  }

  /** Nothing of an answer that has not arrived yet will. */
  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    process.nextTick(() => {
      if (!this.#answered) this.emit('error', error ?? hungUp());
      this.emit('close');
    });
    return this;
  }

  async #send(body: Buffer): Promise<void> {
    if (this.destroyed) return;
    const answer = await handOver(this.#server, { ...this.#head, body });
    if (this.destroyed) return;
    if (answer === undefined) return void this.destroy();
    this.#answered = true;
    const { status, headers } = answer;
    const pipe = (into: Writable) => {
      into.end(answer.body);
      process.nextTick(() => this.emit('close'));
      return into;
    };
    const response = Object.assign(new EventEmitter(), { statusCode: status, headers, pipe });
    this.emit('response', response);
  }
}

/** A socket that is there; how long it may be idle is of no account in virtual time. */
const CONNECTED = {
  connecting: false,
  setTimeout: () => {},
  setKeepAlive: () => {},
  removeListener: () => {},
  destroy: () => {},
};

function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

async function fetchLocally(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { protocol, hostname, port, pathname, search, host } = new URL(request.url);
  const server = protocol === 'http:' ? serverAt(hostname, port) : undefined;
  if (server === undefined) return real.fetch(input, init);
  const body = Buffer.from(await request.arrayBuffer());
  const headers = { ...Object.fromEntries(request.headers), host, 'content-length': String(body.length) };
  const sent = { method: request.method, url: `${pathname}${search}`, headers, body };
  const answer = await Promise.race([handOver(server, sent), aborted(init?.signal)]);
  if (answer === undefined) throw new TypeError('fetch failed', { cause: hungUp() });
  const { status } = answer;
  return new Response(EMPTY.has(status) ? null : new Uint8Array(answer.body), {
    status,
    headers: answer.headers,
  });
}

/** Answers that have no body. */
const EMPTY = new Set([101, 204, 205, 304]);

/** @throws the reason of the signal, when it comes */
function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
