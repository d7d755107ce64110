import { expect, it } from 'vitest';
import { announce } from '../../../../bot/notices/announce.ts';
import { ledgerOfThisFile } from '../../../support/ledger.ts';
import { DENIED } from '../../../support/requests.ts';
import { fakeDeps } from '../fake-deps.ts';
import { endedAs, recorded } from '../recorded.ts';

const { ledger } = await ledgerOfThisFile();

it('a request stays open until its decision is in the audit trail, so that it is taken up again', async () => {
  const request = await recorded(ledger, { slack: { channel: 'C1', ts: '1.0' } });
  await ledger.decide(request.id, DENIED);
  const state = { state: endedAs(request, 'denied'), retryCount: 0 };
  const refused = fakeDeps({
    ...ledger,
    auditDecision: () => Promise.reject(new Error('No entry is taken.')),
  });

  await expect(announce(refused.deps, state)).rejects.toThrow('No entry is taken.');
  expect((await ledger.read(request.id))?.status).toBe('decided');
  expect(refused.heard.sent).toEqual([]);

  await announce(fakeDeps(ledger).deps, state);
  expect((await ledger.read(request.id))?.status).toBe('closed');
  expect((await ledger.auditTrail(request.id)).map(({ event }) => event)).toContain('decision.denied');
});
