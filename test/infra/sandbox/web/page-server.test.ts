import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../../infra/sandbox/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } });
});
afterAll(() => sandbox.close());

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** `fetch` lets nobody choose Host and Origin. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const sent = request(`${sandbox.page}${path}`, { method, headers }, async (response) => {
    resolve({ status: response.statusCode ?? 0, text: await text(response) });
  });
  sent.on('error', reject).end(body);
  return promise;
}

const FAULT = { method: 'POST', body: '{"slack":"up"}' };

describe('the page’s port', () => {
  it('shows the page, and lets it load nothing from elsewhere', async () => {
    const answer = await fetch(sandbox.page);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:3000'])(
    'refuses a request for the host %j, whatever that resolves to',
    async (host) => {
      expect((await ask('/api/state', { headers: { host } })).status).toBe(403);
    },
  );

  it.each(['http://evil.example', 'http://localhost.evil.example', 'null'])(
    'refuses what a page of %s makes a browser send',
    async (origin) => {
      expect((await ask('/api/faults', { ...FAULT, headers: { origin } })).status).toBe(403);
    },
  );

  it('takes what its own page sends', async () => {
    expect((await ask('/api/faults', { ...FAULT, headers: { origin: sandbox.page } })).status).toBe(200);
  });

  it('refuses a body over a megabyte, also one that does not say its size', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const body = 'x'.repeat(1024 * 1024 + 1);
    expect((await ask('/api/changes', { method: 'POST', headers, body })).status).toBe(413);
  });

  it('has nothing else', async () => {
    expect((await ask('/etc/passwd')).status).toBe(404);
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });
});
