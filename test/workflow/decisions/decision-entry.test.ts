import { expect, it } from 'vitest';
import { decisionEntry } from '../../../workflow/decisions/decision-entry.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED, aRequest, DENIED } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

it('says who decided what and where, from what the ledger holds alone', () => {
  expect(decisionEntry(aRequest('r1'), DENIED)).toEqual({
    at: DENIED.at,
    event: 'decision.denied',
    requestId: 'r1',
    detail: 'Sam (slack): denied',
    slackUserId: 'U0SAM',
    slackUserName: 'Sam',
    eventId: aRequest('r1').change.eventId,
    executionArn: aRequest('r1').executionArn,
  });
});

it('names the e-mail and the address that a link was used from', () => {
  const email = { text: 'Held: x, sent at 12:00', sourceIp: '203.0.113.9' };
  const decision = {
    ...APPROVED,
    via: 'email',
    by: { name: 'someone with the e-mail link', email },
  } as const;
  expect(decisionEntry(aRequest('r1'), decision).detail).toBe(
    'someone with the e-mail link (email Held: x, sent at 12:00, from 203.0.113.9): approved',
  );
});

it('stands in the trail once, however many write it down', async () => {
  const entry = decisionEntry(aRequest('r1'), DENIED);
  await ledger.auditDecision({ ...entry, detail: 'By whoever decided' });
  await ledger.auditDecision(entry);
  expect(await ledger.auditTrail('r1')).toMatchObject([
    { event: 'decision.denied', detail: 'By whoever decided' },
  ]);
});

it('is known to stand there, so that nobody writes it again', async () => {
  const entry = decisionEntry(aRequest('r2'), DENIED);
  expect(await ledger.hasDecisionEntry(entry)).toBe(false);
  await ledger.auditDecision(entry);
  expect(await ledger.hasDecisionEntry(entry)).toBe(true);
});
