import { describe, expect, it } from 'vitest';
import { describeWaiting } from '../../../../bot/notices/group/waiting.ts';
import type { Finding } from '../../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aRequest } from '../../../support/requests.ts';

function granting(...findings: Pick<Finding, 'restricted' | 'severity'>[]): ApprovalRequest {
  const request = aRequest('r1');
  const [finding] = request.inspection.findings as [Finding];
  const inspection = { findings: findings.map((each) => ({ ...finding, ...each })), total: findings.length };
  return { ...request, inspection };
}

describe('what waits', () => {
  it('names each restricted action once, the most severe first', () => {
    const low = granting({ restricted: 'a:None' }, { restricted: 'a:Low', severity: 'low' });
    const high = granting({ restricted: 'a:Critical', severity: 'critical' }, { restricted: 'a:None' });
    expect(describeWaiting([low, high])?.granted).toEqual(['a:Critical', 'a:Low', 'a:None']);
  });

  it('counts the actions that are not named, and says where there may be more', () => {
    const many = granting(...Array.from({ length: 8 }, (_, i) => ({ restricted: `a:B${i}` })));
    const capped = { ...many, inspection: { ...many.inspection, total: 50 } };
    expect(describeWaiting([many])).toMatchObject({ moreGranted: 3, grantedOrMore: false });
    expect(describeWaiting([capped])).toMatchObject({ moreGranted: 3, grantedOrMore: true });
  });

  it('expires with the first of it', () => {
    const early = aRequest('r2', { expiresAt: '2026-03-01T18:00:00.000Z' });
    expect(describeWaiting([aRequest('r1'), early])?.firstExpires.iso).toBe(early.expiresAt);
  });
});
