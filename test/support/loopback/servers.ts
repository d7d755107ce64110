import { AsyncLocalStorage } from 'node:async_hooks';
import { maxHeaderSize, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, exchange, type Sent } from './exchange.ts';

/** A server of this process. */
export interface Local {
  server: Server;
  /** End what is under way. */
  hangUps: Set<() => void>;
}

/** By address and port. */
const servers = new Map<string, Local>();

/** The real ones, whatever clock is put under this process later. */
const [later, RealDate] = [setImmediate, Date];

/** What a server does is nobody's part: it does not run as the function that sent the request. */
const asNobody = AsyncLocalStorage.snapshot();

/** From now on it can be reached without a socket, while it listens. */
export function follow(server: Server): Server {
  const local: Local = { server, hangUps: new Set() };
  let place = '';
  server.on('listening', () => {
    const { address, port } = server.address() as AddressInfo;
    place = `${address} ${port}`;
    servers.set(place, local);
  });
  server.on('close', () => servers.delete(place));
  const closeAllConnections = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    for (const hangUp of local.hangUps) hangUp();
    closeAllConnections();
  };
  return server;
}

export function localAt(host: unknown, port: unknown): Local | undefined {
  const addresses = ADDRESSES[String(host)] ?? [];
  const local = addresses.map((address) => servers.get(`${address} ${port}`)).find(Boolean);
  return local?.server.listening ? local : undefined;
}

const ADDRESSES: Readonly<Record<string, string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '::1': ['::1'],
  '[::1]': ['::1'],
};

/** Whether a server takes it; one that is too large is for the server itself to refuse. */
export function isHeadTaken(target: string, headers: object): boolean {
  const sizes = Object.entries(headers).map(([name, value]) => name.length + String(value).length + 4);
  return sizes.reduce((sum, each) => sum + each, target.length) < maxHeaderSize - ADDED_ON_THE_WAY;
}

const ADDED_ON_THE_WAY = 1_024;

/**
 * Hands a request to a server.
 *
 * @param toEnd is given what ends it from the side of the client
 * @returns undefined when the server hung up
 */
export async function handOver(
  { server, hangUps }: Local,
  sent: Sent,
  toEnd: (hangUp: () => void) => void,
): Promise<Answer | undefined> {
  let isGone = false;
  toEnd(() => {
    isGone = true;
  });
  // In a turn of its own, as what comes over a socket: whoever asks on and on holds nothing else up.
  await new Promise(later);
  if (isGone || !server.listening) return undefined;
  const { answer, hangUp } = asNobody(() =>
    exchange((...both) => void server.emit('request', ...both), sent),
  );
  toEnd(hangUp);
  hangUps.add(hangUp);
  const given = await answer;
  if (given?.stream === undefined) hangUps.delete(hangUp);
  else given.stream.once('close', () => hangUps.delete(hangUp));
  return given && asSent(given, sent.method);
}

/** What Node's server makes of an answer. */
function asSent(answer: Answer, method: string): Answer {
  const headers = { date: new RealDate().toUTCString(), connection: 'keep-alive', ...answer.headers };
  if (method === 'HEAD' || EMPTY.has(answer.status)) return { ...answer, headers, body: Buffer.alloc(0) };
  const length = answer.stream === undefined && { 'content-length': String(answer.body.length) };
  return { ...answer, headers: { ...length, ...headers } };
}

/** Answers that have no body. */
export const EMPTY = new Set([101, 204, 205, 304]);
