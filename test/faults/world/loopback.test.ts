import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import http, { type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { shortenLoopback } from './loopback.ts';

const part = new AsyncLocalStorage<string>();
const servers: Server[] = [];
let putBack: () => void;
beforeAll(() => {
  putBack = shortenLoopback();
});
afterAll(() => putBack());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<{ port: number; sockets: () => number }> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  let sockets = 0;
  server.on('connection', () => sockets++);
  return { port: (server.address() as AddressInfo).port, sockets: () => sockets };
}

/** Sends over `http` and collects what comes back as the SDK does. */
function send(port: number, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: 'localhost', port, method: 'POST', path: '/a?b=c', headers: { 'X-One': 'two' } };
    http
      .request(options, (response) => resolve(text(response.pipe(new PassThrough()))))
      .on('error', reject)
      .end(body);
  });
}

const echo: RequestListener = async (request, response) => {
  const { method, url, headers } = request;
  let body = '';
  for await (const chunk of request) body += chunk;
  response.setHeader('x-answer', '1').end(`${method} ${url} ${headers['x-one']} ${body} ${part.getStore()}`);
};

describe('the short way to oneself', () => {
  it('brings a request and its answer without a socket, and not as a part of who sent it', async () => {
    const { port, sockets } = await serve(echo);
    const answer = await part.run('a function', () => send(port, 'hello'));
    expect(answer).toBe('POST /a?b=c two hello undefined');
    const response = await fetch(`http://localhost:${port}/x`, {
      method: 'POST',
      body: 'hi',
      headers: { 'x-one': '1' },
    });
    expect([response.headers.get('x-answer'), await response.text()]).toEqual([
      '1',
      'POST /x 1 hi undefined',
    ]);
    expect(sockets()).toBe(0);
  });

  it('hangs up as a socket does', async () => {
    const { port } = await serve((_, response) => response.socket?.resetAndDestroy());
    await expect(send(port, '')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(fetch(`http://localhost:${port}/`)).rejects.toThrow('fetch failed');
  });

  it('lets go of a request that nobody answers', async () => {
    const { port } = await serve(() => {});
    const given = new AbortController();
    const fetched = fetch(`http://localhost:${port}/`, { signal: given.signal });
    given.abort(new Error('enough'));
    await expect(fetched).rejects.toThrow('enough');
    const request = http.request({ host: 'localhost', port });
    const failed = once(request, 'error');
    request.end();
    request.destroy(new Error('enough'));
    expect(await failed.catch((error: unknown) => [error])).toMatchObject([{ message: 'enough' }]);
  });
});
