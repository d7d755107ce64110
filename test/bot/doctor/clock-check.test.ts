import { expect, it } from 'vitest';
import { checkClock } from '../../../bot/doctor/clock-check.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { endpointOfThisFile } from '../../support/aws-endpoint.ts';

const NOW = Date.parse('2026-11-23T09:02:30Z');
const endpoint = await endpointOfThisFile({}, { now: () => new Date(NOW) });
const subject = () => ({ aws: endpoint.config(), tableName: 'ledger' });
await createLedgerTable('ledger', subject().aws);

it('is well where the clock is that of AWS', async () => {
  expect(await checkClock(subject(), () => NOW)).toEqual({
    ...{ name: 'Clock', status: 'ok', found: 'It is that of AWS.' },
  });
});

it.each([
  [-900, 'It is 900 seconds behind that of AWS.'],
  [120, 'It is 120 seconds ahead of that of AWS.'],
])('tells that it is wrong by %i seconds, and what comes of it', async (seconds, found) => {
  expect(await checkClock(subject(), () => NOW + seconds * 1_000)).toMatchObject({
    status: 'wrong',
    found: expect.stringContaining(`${found} Clicks are refused`),
    mend: expect.stringContaining('by e-mail'),
  });
});

it('reads the time also in a refusal, which a wrong clock brings about', async () => {
  const aws = { ...subject().aws, systemClockOffset: NOW - Date.now() - 900_000 };
  expect(await checkClock({ ...subject(), aws }, () => NOW)).toMatchObject({ status: 'ok' });
});

it('does not guess where AWS is away', async () => {
  const aws = { ...subject().aws, endpoint: 'http://127.0.0.1:1' };
  await expect(checkClock({ ...subject(), aws })).rejects.toThrow('ECONNREFUSED');
});
