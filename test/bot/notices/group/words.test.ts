import { describe, expect, it } from 'vitest';
import { describeGroup } from '../../../../bot/notices/group/words.ts';
import type { Severity } from '../../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { APPROVED, aChange, aRequest, DENIED, INLINE } from '../../../support/requests.ts';

function withSeverity(severity: Severity, overrides: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const request = aRequest('r1');
  const findings = request.inspection.findings.map((finding) => ({ ...finding, severity }));
  return { ...request, inspection: { findings, total: 1 }, ...overrides };
}

describe('a group', () => {
  it('counts its requests by what has become of them', () => {
    expect(
      describeGroup([
        aRequest('r1'),
        aRequest('r2', { status: 'decided', decision: APPROVED }),
        aRequest('r3', { status: 'closed', decision: DENIED, outcome: 'denied' }),
        aRequest('r4', { status: 'closed', decision: APPROVED, outcome: 'superseded' }),
        aRequest('r5', { status: 'closed', outcome: 'failed' }),
        aRequest('r6', { status: 'closed', outcome: 'expired' }),
      ]),
    ).toMatchObject({ waiting: 1, approved: 1, denied: 1, expired: 1, other: 2, requestId: 'r1' });
  });

  it('is as severe as the worst that waits', () => {
    const ended = withSeverity('critical', { status: 'closed', outcome: 'denied' });
    expect(describeGroup([withSeverity('low'), withSeverity('high'), ended]).severity).toBe('high');
    expect(describeGroup([aRequest('r1')])).not.toHaveProperty('severity');
  });

  it('says what the worst of those that wait comes to', () => {
    const worst = withSeverity('high', {
      change: aChange({ target: { ...INLINE, entityName: 'admin' } as typeof INLINE }),
    });
    expect(describeGroup([withSeverity('low'), worst]).worst).toBe('role admin would grant s3:DeleteBucket');
  });

  it('asks for what waits, and for nothing once none does', () => {
    const ended = aRequest('r2', { status: 'closed', outcome: 'expired' });
    expect(describeGroup([ended, aRequest('r1')]).asked?.granted).toEqual(['s3:DeleteBucket']);
    expect(describeGroup([ended])).not.toHaveProperty('asked');
  });
});
