import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import http, { type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsAt } from '../local-server.ts';
import { realSockets } from './real-sockets.ts';

const part = new AsyncLocalStorage<string>();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener) {
  const server = http.createServer({ keepAliveTimeout: 0 }, listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  let sockets = 0;
  server.on('connection', () => sockets++);
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://localhost:${port}/`, sockets: () => sockets };
}

/** Sends over `http` and collects what comes back as the SDK does. */
function send(port: number, body: string, options: http.RequestOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const usual = { host: 'localhost', port, method: 'POST', path: '/a?b=c', headers: { 'X-One': 'two' } };
    http
      .request({ ...usual, ...options }, (response) => resolve(text(response.pipe(new PassThrough()))))
      .on('error', reject)
      .end(body);
  });
}

/** The code of what went wrong. */
const failureOf = (sent: Promise<unknown>): Promise<unknown> =>
  sent.then(
    () => 'nothing',
    ({ code, cause }) => code ?? cause?.code,
  );

const echo: RequestListener = async (request, response) => {
  const { method, url, headers } = request;
  const body = await text(request);
  response.setHeader('X-Answer', '1').end(`${method} ${url} ${headers['x-one']} ${body} ${part.getStore()}`);
};

describe.each([{ way: 'handed over' }, { way: 'over a socket' }])(
  'what is sent to oneself, $way',
  ({ way }) => {
    beforeAll(() => {
      if (way === 'over a socket') realSockets();
    });

    it('arrives with its answer, and not as a part of who sent it', async () => {
      const { port, url, sockets } = await serve(echo);
      const answer = await part.run('a function', () => send(port, 'hello'));
      expect(answer).toBe('POST /a?b=c two hello undefined');
      const asked = { method: 'POST', body: 'hi', headers: { 'X-One': '1' } };
      const response = await part.run('a function', () => fetch(`${url}x?y=%20`, asked));
      expect(response).toMatchObject({ ok: true, status: 200, statusText: 'OK', url: `${url}x?y=%20` });
      expect(response.headers.get('x-answer')).toBe('1');
      expect(await response.text()).toBe('POST /x?y=%20 1 hi undefined');
      expect(sockets() > 0).toBe(way === 'over a socket');
    });

    it('has the same headers', async () => {
      const { url, port } = await serve((request, response) => response.end(JSON.stringify(request.headers)));
      const { host, ...ofFetch } = await (await fetch(url, { method: 'POST', body: 'é' })).json();
      expect(host).toBe(`localhost:${port}`);
      const { 'accept-encoding': _, ...known } = ofFetch;
      expect(known).toEqual({
        ...{ accept: '*/*', 'accept-language': '*', connection: 'keep-alive', 'sec-fetch-mode': 'cors' },
        ...{ 'content-length': '2', 'content-type': 'text/plain;charset=UTF-8', 'user-agent': 'node' },
      });
      const agent = new http.Agent({ keepAlive: true });
      const headers = { 'X-One': ['1', '2'] };
      expect(JSON.parse(await send(port, 'é', { headers, agent }))).toEqual({
        ...{ host, connection: 'keep-alive', 'content-length': '2', 'x-one': '1, 2' },
      });
      agent.destroy();
    });

    it('keeps every byte, and each of several cookies', async () => {
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 256));
      const { url } = await serve(async (request, response) => {
        response.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'] }).end(await buffer(request));
      });
      const response = await fetch(url, { method: 'PUT', body: bytes });
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true);
      expect(new Date(response.headers.get('date') ?? '').getTime()).toBeGreaterThan(0);
    });

    it('has no body where there is none', async () => {
      const { url } = await serve((request, response) => {
        response.statusCode = request.url === '/204' ? 204 : 200;
        response.end('body');
      });
      const head = await fetch(url, { method: 'HEAD' });
      expect([head.headers.get('content-length'), await head.text()]).toEqual([null, '']);
      expect(await (await fetch(`${url}204`)).text()).toBe('');
    });

    it('comes bit by bit, until the reader leaves', async () => {
      const left = Promise.withResolvers<void>();
      const { url } = await serve((request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('one');
        setTimeout(() => response.write('two'), 20);
        request.on('close', () => left.resolve());
      });
      const response = await fetch(url);
      const bits = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      expect([(await bits?.read())?.value, (await bits?.read())?.value]).toEqual(['one', 'two']);
      await bits?.cancel();
      await left.promise;
    });

    it('is hung up', async () => {
      const { port, url } = await serve((_, response) => response.socket?.resetAndDestroy());
      expect(await failureOf(send(port, ''))).toBe('ECONNRESET');
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    });

    it('is hung up when its server goes, and refused afterwards', async () => {
      const arrived = Promise.withResolvers<void>();
      const { server, port, url } = await serve(() => arrived.resolve());
      const sent = failureOf(send(port, ''));
      await arrived.promise;
      server.closeAllConnections();
      expect(await sent).toBe('ECONNRESET');
      server.close();
      const later = { host: '127.0.0.1' };
      expect(await failureOf(send(port, '', later))).toBe('ECONNREFUSED');
      expect(await failureOf(fetch(url.replace('localhost', '127.0.0.1')))).toBe('ECONNREFUSED');
    });

    it('is let go of when nobody answers, and its server hears of that', async () => {
      let closed = 0;
      const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const { port, url } = await serve((_, response) => {
        arrived[closed]?.resolve();
        response.on('close', () => closed++);
      });
      const given = new AbortController();
      const fetched = fetch(url, { signal: given.signal });
      await Promise.race([arrived[0]?.promise, fetched]);
      given.abort(new Error('enough'));
      await expect(fetched).rejects.toThrow('enough');
      await expect.poll(() => closed).toBe(1);
      const request = http.request({ host: 'localhost', port });
      const failed = once(request, 'error');
      request.end();
      await arrived[1]?.promise;
      request.destroy(new Error('enough'));
      expect(await failed.catch((error: unknown) => [error])).toMatchObject([{ message: 'enough' }]);
      await expect.poll(() => closed).toBe(2);
      await expect(fetch(url, { signal: given.signal })).rejects.toThrow('enough');
    });

    it('is given up by the SDK in time', async () => {
      const { url } = await serve(() => {});
      const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
      const client = new IAMClient({ ...awsAt(url), maxAttempts: 1, requestHandler });
      await expect(client.send(new ListUsersCommand())).rejects.toThrow('exceeded the configured 50 ms');
      const abortSignal = AbortSignal.timeout(50);
      const patient = new IAMClient({ ...awsAt(url), maxAttempts: 1 });
      await expect(patient.send(new ListUsersCommand(), { abortSignal })).rejects.toMatchObject({
        name: 'AbortError',
      });
    });

    it('is refused where a header is none, or too large', async () => {
      const { port, url } = await serve((_, response) => {
        expect(() => response.setHeader('x-one', '“')).toThrow('Invalid character');
        response.end();
      });
      expect(await send(port, '')).toBe('');
      expect(() => http.request({ host: 'localhost', port, headers: { a: '“' } })).toThrow(
        'Invalid character',
      );
      expect(() => http.request({ host: 'localhost', port, path: '/ ' })).toThrow('unescaped characters');
      expect((await fetch(url, { headers: { a: 'a'.repeat(17_000) } })).status).toBe(431);
    });

    it('holds nothing else up', async () => {
      const { port } = await serve(echo);
      let isOver = false;
      setTimeout(() => {
        isOver = true;
      });
      while (!isOver) await send(port, '');
    });
  },
);
