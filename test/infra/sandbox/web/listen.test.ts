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

  it('answers 503 until there is something to serve', async () => {
    const { url } = keep(await listen(0, 'SANDBOX_PAGE_PORT'));
    expect((await fetch(url)).status).toBe(503);
  });

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
