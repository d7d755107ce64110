import { expect, it } from 'vitest';
import { announce } from '../../../../bot/notices/announce.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { DENIED } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { endedAs, recorded } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

it('nobody is told how a request ended before its decision is in the audit trail, so that it is taken up again', async () => {
  const request = await recorded(ledger, { slack: { channel: 'C1', ts: '1.0' } });
  await ledger.decide(request.id, DENIED);
  const state = { state: endedAs(request, 'denied'), retryCount: 0 };
  const refused = fakeDeps({
    ...ledger,
    auditDecision: () => Promise.reject(new Error('No entry is taken.')),
  });

  await expect(announce(refused.deps, state)).rejects.toThrow('No entry is taken.');
  expect(refused.heard.sent).toEqual([]);
  expect(await ledger.readOpen(request.id)).not.toHaveProperty('announcedAt');

  const { deps, heard } = fakeDeps(ledger);
  await announce(deps, state);
  expect(heard.sent).toHaveLength(1);
  expect((await ledger.auditTrail(request.id)).map(({ event }) => event)).toContain('decision.denied');
});
