import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Listener,
  listen,
  openListeners,
  PortTakenError,
} from '../../../../infra/sandbox/web/listen.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

function keep<Opened extends { close(): unknown }>(opened: Opened): Opened {
  open.push(opened);
  return opened;
}

async function occupy(host: string, port = 0): Promise<number> {
  const server: Server = keep(createServer());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

const portOf = ({ url }: Listener) => Number(new URL(url).port);

describe('listening', () => {
  it('picks a free port for 0, and answers on it by every name of this machine', async () => {
    const listener = keep(await listen(0, 'SANDBOX_PAGE_PORT'));
    listener.serve((_, response) => void response.end('here'));
    for (const host of ['localhost', '127.0.0.1']) {
      const answer = await fetch(`http://${host}:${portOf(listener)}/`);
      expect(await answer.text()).toBe('here');
    }
  });

  it('leaves it to clients to close what is idle, so that none sends into a connection that is being closed', async () => {
    const listener = keep(await listen(0, 'SANDBOX_PAGE_PORT'));
    listener.serve((_, response) => void response.end());
    const { headers } = await fetch(listener.url);
    expect(headers.get('connection')).toBe('keep-alive');
    expect(headers.get('keep-alive')).toBeNull();
  });

  it.each([
    ['GET', undefined],
    ['POST', JSON.stringify({ operation: 'CreatePolicy', padding: 'x'.repeat(200_000) })],
  ])(
    'answers a %s with 503 and the error of the JSON API until there is something to serve',
    async (method, body) => {
      const { url } = keep(await listen(0, 'SANDBOX_PAGE_PORT'));
      const answer = await fetch(`${url}/api/changes`, { method, ...(body !== undefined && { body }) });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(await answer.json()).toEqual({
        error: { code: 'Starting', message: expect.stringContaining('try again') },
      });
    },
  );

  it('names a taken port and its setting', async () => {
    const taken = await occupy('127.0.0.1');
    const refused = listen(taken, 'SANDBOX_AWS_PORT');
    await expect(refused).rejects.toThrow(PortTakenError);
    await expect(refused).rejects.toThrow(new RegExp(`Port ${taken} is taken.*SANDBOX_AWS_PORT`));
  });

  it('leaves the first port free when the second is taken', async () => {
    const awsPort = await occupy('127.0.0.1');
    const probe = await listen(0, 'SANDBOX_PAGE_PORT');
    const pagePort = portOf(probe);
    await probe.close();
    await expect(openListeners({ pagePort, awsPort })).rejects.toThrow(PortTakenError);
    await expect(occupy('127.0.0.1', pagePort)).resolves.toBe(pagePort);
  });

  it('ends connections that are kept alive when it closes', async () => {
    const listener = await listen(0, 'SANDBOX_PAGE_PORT');
    listener.serve((_, response) => void response.writeHead(200).write('never ends'));
    const answer = await fetch(listener.url);
    await listener.close();
    await expect(answer.text()).rejects.toThrow();
  });
});
