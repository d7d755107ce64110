import { GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { requireCurrent } from '../../../../../infra/sandbox/aws/front-door/signing-time.ts';
import { startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

const NOW = new Date('2026-11-23T09:10:00Z');

test.each(['20261123T090500Z', '20261123T091000Z', '20261123T091500Z'])('%s is in time', (signedAt) => {
  expect(() => requireCurrent(signedAt, NOW)).not.toThrow();
});

test.each([
  [
    '20261123T090459Z',
    'Signature expired: 20261123T090459Z is now earlier than 20261123T090500Z (20261123T091000Z - 5 min.)',
  ],
  [
    '20261123T091501Z',
    'Signature not yet current: 20261123T091501Z is still later than 20261123T091500Z (20261123T091000Z + 5 min.)',
  ],
  ['yesterday', "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."],
])('%s is refused', (signedAt, message) => {
  expect(() => requireCurrent(signedAt, NOW)).toThrow(message);
});

test('a client whose clock is wrong is refused, reads the right time in the answer, and is let in with it', async () => {
  const endpoint = await startAwsEndpoint({}, { now: () => new Date(Date.now() + 900_000) });
  const client = new IAMClient({ ...endpoint.config(), systemClockOffset: 0 });
  await expect(client.send(new GetUserCommand({}))).rejects.toThrow('Signature expired');
  expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe('developer');
  await endpoint.stop();
});
