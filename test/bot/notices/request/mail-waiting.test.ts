import { expect, it } from 'vitest';
import { mailWaiting } from '../../../../bot/notices/request/mail-waiting.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { aRequest } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';

const { ledger } = await ledgerOfThisFile();

it('reaches each of more than a hundred, the oldest first, by being asked again', async () => {
  const day = (index: number) => new Date(Date.UTC(2026, 2, 1, 0, index)).toISOString();
  const waiting = Array.from({ length: 103 }, (_, index) =>
    aRequest(`pg-${String(index).padStart(3, '0')}`, { createdAt: day(index) }),
  ).reverse();
  const mailed: string[] = [];
  const { deps } = fakeDeps({
    ...ledger,
    list: async (_, limit) => waiting.slice(0, limit),
    storeEmailed: async (id, emailedAt) => {
      mailed.push(id);
      Object.assign(waiting.find((request) => request.id === id) ?? {}, { emailedAt });
    },
  });
  expect(await mailWaiting(deps)).toEqual({ mailed: 100, waiting: 103 });
  expect(mailed.toSorted()).toEqual(
    waiting
      .map(({ id }) => id)
      .toSorted()
      .slice(0, 100),
  );
  mailed.length = 0;
  await mailWaiting(deps);
  expect(mailed.slice(0, 3).toSorted()).toEqual(['pg-100', 'pg-101', 'pg-102']);
});
