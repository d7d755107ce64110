import { expect, it } from 'vitest';
import { type AuditEntry, withLoggedAudit } from '../../../workflow/ledger/audit-trail.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';

const ENTRY: AuditEntry = {
  at: '2026-03-01T12:00:00.000Z',
  event: 'decision.refused',
  requestId: 'request1',
  detail: 'approved: not an approver',
};

function logged(audit: Ledger['audit']) {
  const lines: unknown[] = [];
  const quiet = () => undefined;
  const log = {
    debug: quiet,
    warn: quiet,
    error: quiet,
    info: (...line: unknown[]) => void lines.push(line),
  };
  return { ledger: withLoggedAudit({ audit } as Ledger, log), lines };
}

it('writes an audit entry to the table and, under its event, to the log', async () => {
  const written: AuditEntry[] = [];
  const { ledger, lines } = logged(async (entry) => void written.push(entry));
  await ledger.audit(ENTRY);
  expect(written).toEqual([ENTRY]);
  expect(lines).toEqual([['Audit: decision.refused', { audit: ENTRY }]]);
});

it('keeps an audit entry in the log when the table does not answer, and lets the failure through', async () => {
  const { ledger, lines } = logged(() => Promise.reject(new Error('away')));
  await expect(ledger.audit(ENTRY)).rejects.toThrow('away');
  expect(lines).toHaveLength(1);
});
