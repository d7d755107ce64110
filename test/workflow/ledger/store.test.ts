import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { createLedger } from '../../../workflow/ledger/ledger.ts';
import { startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aRequest } from '../../support/requests.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('a table that does not answer', () => {
  it('is a named error when the time that was given is up, however many tries are left', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const ledger = createLedger({
      tableName: 'ledger',
      aws: { endpoint, region: 'us-east-1', credentials },
      timeouts: { callMs: 150, tryMs: 100, tries: 5 },
    });
    try {
      await expect(ledger.read('r1')).rejects.toMatchObject({
        name: 'LedgerUnavailableError',
        message: expect.stringContaining('table ledger'),
        cause: expect.any(Error),
      });
      expect(sockets.size).toBeLessThan(5);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });

  it('is the same error when nothing listens there, and a write is not taken for a lost condition', async () => {
    const ledger = createLedger({
      tableName: 'ledger',
      // Port 9 is the discard service, which no test machine runs.
      aws: { endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials },
      timeouts: { callMs: 300, tryMs: 100, tries: 1 },
    });
    await expect(ledger.storeTaskToken(aRequest('r1'), 'secret-token')).rejects.toSatisfy(
      (error: Error) => error.name === 'LedgerUnavailableError' && !error.message.includes('secret-token'),
    );
  });
});

describe('many items at once', () => {
  it('are read although one call of DynamoDB takes a hundred, without those that are not there', async () => {
    const { store } = await ledgerOfThisFile();
    const keys = Array.from({ length: 230 }, (_, index) => ({ pk: `many#${index}`, sk: 'one' }));
    await Promise.all(keys.filter((_, index) => index % 2 === 0).map((key) => store.put({ ...key })));
    const found = await store.getAll(keys);
    expect(found).toHaveLength(115);
    expect(new Set(found.map(({ pk }) => pk)).size).toBe(115);
    expect(await store.getAll([])).toEqual([]);
  });
});

describe('the clock of the ledger', () => {
  it('is that of AWS, once an answer has shown that this machine’s is wrong by minutes', async () => {
    const AHEAD_MS = 900_000;
    const endpoint = await startAwsEndpoint({}, { now: () => new Date(Date.now() + AHEAD_MS) });
    await createLedgerTable('ledger', endpoint.config());
    const aws = { ...endpoint.config(), maxAttempts: 3, systemClockOffset: 0 };
    const ledger = createLedger({ tableName: 'ledger', aws });
    expect(ledger.now().getTime()).toBeLessThan(Date.now() + AHEAD_MS / 2);
    expect(await ledger.read('r1')).toBeUndefined();
    expect(ledger.now().getTime()).toBeGreaterThan(Date.now() + AHEAD_MS / 2);
    await endpoint.stop();
  });

  /** An AWS whose clock is so much ahead, and a ledger over it that nobody has asked yet. */
  async function timedBy(clock: { aheadMs: number }) {
    const endpoint = await startAwsEndpoint({}, { now: () => new Date(Date.now() + clock.aheadMs) });
    onTestFinished(endpoint.stop);
    await createLedgerTable('ledger', endpoint.config());
    const aws = { ...endpoint.config(), maxAttempts: 3, systemClockOffset: 0 };
    return createLedger({ tableName: 'ledger', aws });
  }

  it('is told before anything else was asked, and again where it has changed', async () => {
    const clock = { aheadMs: 900_000 };
    const ledger = await timedBy(clock);
    await ledger.timed();
    expect(ledger.now().getTime()).toBeGreaterThan(Date.now() + 450_000);
    clock.aheadMs = 0;
    await ledger.timed();
    expect(ledger.now().getTime()).toBeLessThan(Date.now() + 450_000);
  });

  it('may go back: what was signed by the time that was wrong is signed anew', async () => {
    const clock = { aheadMs: 900_000 };
    const ledger = await timedBy(clock);
    await ledger.timed();
    clock.aheadMs = 0;
    expect(await ledger.read('r1')).toBeUndefined();
    expect(ledger.now().getTime()).toBeLessThan(Date.now() + 450_000);
  });

  it('is this machine’s while the table does not answer', async () => {
    const aws = { endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials };
    const ledger = createLedger({
      ...{ tableName: 'ledger', aws },
      timeouts: { callMs: 300, tryMs: 100, tries: 1 },
    });
    await ledger.timed();
    expect(Math.abs(ledger.now().getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('is this machine’s while they differ by seconds, of which answers tell no parts', async () => {
    const endpoint = await startAwsEndpoint({}, { now: () => new Date(Date.now() - 10_000) });
    await createLedgerTable('ledger', endpoint.config());
    const aws = { ...endpoint.config(), systemClockOffset: 0 };
    const ledger = createLedger({ tableName: 'ledger', aws });
    expect(await ledger.read('r1')).toBeUndefined();
    const before = Date.now();
    expect(ledger.now().getTime()).toBeGreaterThanOrEqual(before);
    await endpoint.stop();
  });
});
