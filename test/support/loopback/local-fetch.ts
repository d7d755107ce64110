import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { type Answer, hungUp } from './exchange.ts';
import { EMPTY, handOver, isHeadTaken, localAt } from './servers.ts';

/** `fetch` that hands over what is for a server of this process, and leaves the rest to the real one. */
export function localFetch(real: typeof fetch): typeof fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const local = url?.protocol === 'http:' ? localAt(url.hostname, url.port) : undefined;
    if (url === undefined || local === undefined) return real(input, init);
    const request = new Request(input, init);
    const headers = { ...ALWAYS_SENT, ...Object.fromEntries(request.headers), host: url.host };
    if (!isHeadTaken(url.href, headers)) return real(request);
    const { method, redirect } = request;
    const body = Buffer.from(await request.arrayBuffer());
    const length = (request.body !== null || /^P/.test(method)) && { 'content-length': `${body.length}` };
    const sent = { method, url: `${url.pathname}${url.search}`, headers: { ...headers, ...length }, body };
    const signal = init?.signal ?? request.signal;
    const answer = await untilAborted(signal, (toEnd) => handOver(local, sent, toEnd));
    if (answer === undefined) throw new TypeError('fetch failed', { cause: hungUp() });
    if (REDIRECTS.has(answer.status) && redirect !== 'manual') throw new TypeError(`Not followed: ${url}`);
    return responseOf(answer, url, signal);
  };
}

const ALWAYS_SENT = {
  ...{ connection: 'keep-alive', accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors' },
  'user-agent': 'node',
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function responseOf({ status, headers, body, stream }: Answer, { href }: URL, signal: AbortSignal): Response {
  const several = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
  if (stream !== undefined)
    signal.addEventListener('abort', () => stream.destroy(signal.reason), { once: true });
  const bits = stream && (Readable.toWeb(stream) as BodyInit);
  const whole = EMPTY.has(status) ? null : new Uint8Array(body);
  const statusText = STATUS_CODES[status] ?? '';
  const response = new Response(bits ?? whole, { status, statusText, headers: several });
  return Object.defineProperty(response, 'url', { value: href });
}

/** @throws the reason of the signal, when it comes */
async function untilAborted<T>(
  signal: AbortSignal,
  start: (toEnd: (hangUp: () => void) => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  let end = () => {};
  const abort = () => {
    reject(signal.reason);
    end();
  };
  signal.addEventListener('abort', abort, { once: true });
  const answered = start((hangUp) => {
    end = hangUp;
  });
  return Promise.race([answered, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
