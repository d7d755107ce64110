import { describe, expect, it } from 'vitest';
import { describeGroup } from '../../../bot/view/describe-group.ts';
import type { Severity } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';

const vote = { by: APPROVED.by, via: 'slack', at: APPROVED.at } as const;

function withSeverity(severity: Severity, overrides: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const request = aRequest('r1');
  const findings = request.inspection.findings.map((finding) => ({ ...finding, severity }));
  return { ...request, inspection: { findings, total: 1 }, ...overrides };
}

describe('a group', () => {
  it('counts its requests by what has become of them', () => {
    const requests = [
      ...[aRequest('r1'), aRequest('r2'), aRequest('r3', { votes: [vote] })],
      aRequest('r4', { status: 'decided', decision: APPROVED }),
      aRequest('r5', { status: 'closed', outcome: 'denied' }),
    ];
    expect(describeGroup(requests, 100)).toMatchObject({
      ...{ total: 5, more: false, waiting: 3 },
      states: ['2 waiting', '1 waiting for another approval', '1 decided and being carried out', '1 denied'],
    });
  });

  it('is as severe as the worst that waits', () => {
    const ended = withSeverity('critical', { status: 'closed', outcome: 'denied' });
    expect(describeGroup([withSeverity('low'), withSeverity('high'), ended], 100).severity).toBe('high');
    expect(describeGroup([ended], 100).severity).toBe('critical');
    expect(describeGroup([aRequest('r1')], 100)).not.toHaveProperty('severity');
  });

  it('says that there may be more when as many were read as were asked for', () => {
    expect(describeGroup([aRequest('r1'), aRequest('r2')], 2).more).toBe(true);
  });
});
