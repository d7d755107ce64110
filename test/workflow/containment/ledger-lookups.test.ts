import { beforeEach, expect, it } from 'vitest';
import { createLedgerLookups, type LedgerLookups } from '../../../workflow/containment/ledger-lookups.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { FakeLedger } from '../../support/fake-ledger.ts';
import { Guard } from '../../support/guard.ts';
import { BAD } from '../../support/ways-in.ts';

let ledger: FakeLedger;
let guard: Guard;
let lookups: LedgerLookups;

beforeEach(() => {
  ledger = new FakeLedger();
  guard = new Guard();
  lookups = createLedgerLookups(ledger, 20, guard.tools().log);
});

it.each(['down', 'silent'] as const)('knows nothing, in time, of a ledger that is %s', async (fault) => {
  ledger[fault] = true;
  expect(await lookups.recorded('pg-1')).toBeUndefined();
  expect(await lookups.approvalOf('key', 'hash')).toBeUndefined();
  expect(await lookups.versionsUnderReview('arn')).toEqual([]);
  expect(guard.logged.map(({ level }) => level)).toEqual(['warn', 'warn', 'warn']);
});

it.each(['down', 'silent'] as const)(
  'keeps an archived document in the log of a ledger that is %s',
  async (fault) => {
    ledger[fault] = true;
    await lookups.archive('arn', 'v1', pack(BAD), '2026-03-02T09:15:05.000Z');
    expect(guard.logged).toMatchObject([{ level: 'error', fields: { versionId: 'v1', document: BAD } }]);
  },
);

it('archives into a ledger that answers, and logs nothing', async () => {
  await lookups.archive('arn', 'v1', pack(BAD), '2026-03-02T09:15:05.000Z');
  expect(ledger.archived).toHaveLength(1);
  expect(guard.logged).toEqual([]);
});
