import { expect, it } from 'vitest';
import { carryOut } from '../../../../bot/app/decisions/carry-out.ts';
import type { BotDeps } from '../../../../bot/app/deps.ts';
import type { AuditEntry } from '../../../../workflow/ledger/audit-trail.ts';
import { OwnRequestError } from '../../../../workflow/ledger/errors.ts';
import { aRequest } from '../../../support/requests.ts';

it('an approver who turns out to be the requester is told why, and it is audited', async () => {
  const audited: AuditEntry[] = [];
  const deps = {
    ledger: {
      approve: () => Promise.reject(new OwnRequestError('pg-1')),
      audit: async (entry: AuditEntry) => void audited.push(entry),
    },
    settings: { APPROVERS: ['U0ADA'] },
    now: () => new Date('2026-03-01T12:05:00.000Z'),
  } as unknown as BotDeps;
  const person = { userId: 'U0ADA', userName: 'ada', teamId: 'T1', channel: 'C1' };
  const decider = { profile: { unknown: 'away' }, groups: [], channel: 'C1' };
  const allowed = { decider, request: aRequest('pg-1') };
  expect(await carryOut(deps, { ...person, requestId: 'pg-1', decision: 'approved' }, allowed)).toEqual({
    status: 'refused',
    refusal: { why: expect.stringContaining('You made this change'), approvers: ['U0ADA'] },
  });
  expect(audited.map(({ event }) => event)).toEqual(['decision.refused']);
});
