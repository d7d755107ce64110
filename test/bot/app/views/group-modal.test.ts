import { describe, expect, it } from 'vitest';
import { approveAllView, denyAllView, splitList } from '../../../../bot/app/views/group-modal.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { allText } from '../../../support/block-kit.ts';
import { aChange, aRequest } from '../../../support/requests.ts';

const ORIGIN = { requestId: 'pg-1', listingId: 'l1', count: 1, channel: 'C1', threadTs: '1.1' };

/** Every name as long as IAM allows, or longer. */
const LONG_NAMES = aChange({
  requester: { type: 'AssumedRole', label: 'A'.repeat(400), names: [] },
  target: {
    type: 'managed-policy',
    policyArn: `arn:aws:iam::123456789012:policy/${'B'.repeat(128)}`,
    versionId: 'v1',
  },
});

function granting(restricted: readonly string[], overrides: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const [finding] = aRequest('pg-1').inspection.findings as [ApprovalRequest['inspection']['findings'][0]];
  const findings = restricted.map((each) => ({ ...finding, restricted: each, severity: 'high' as const }));
  return aRequest('pg-1', { inspection: { findings, total: findings.length }, ...overrides });
}

describe.each([
  ['Approve all', approveAllView],
  ['Deny all', denyAllView],
])('%s', (_, build) => {
  const listed = (request: ApprovalRequest) => allText(build(splitList([request], false), ORIGIN));

  it('shows severity and what is granted, however long the names are', () => {
    const text = listed(granting(['s3:DeleteBucket', 'iam:PassRole'], { change: LONG_NAMES }));
    expect(text).toContain('*HIGH* grants `s3:DeleteBucket`, `iam:PassRole`: AAAA');
  });

  it('names an action once, and says where there are more than fit', () => {
    const many = Array.from({ length: 60 }, (_, i) => `service:DeleteSomething${i % 50}`);
    const text = listed(granting(many));
    expect(text.match(/DeleteSomething0`/g)).toHaveLength(1);
    expect(text).toContain('` and more: dana@example.com');
  });

  it('says of a document that could not be read just that', () => {
    const inspection = { findings: [], total: 0, unreadable: 'It is no JSON.' };
    expect(listed(aRequest('pg-1', { inspection, change: LONG_NAMES }))).toContain('could not be read: AAAA');
  });
});
