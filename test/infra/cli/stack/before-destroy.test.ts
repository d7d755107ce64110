import { describe, expect, it } from 'vitest';
import { beforeDestroy, howToUnprotect } from '../../../../infra/cli/stack/before-destroy.ts';
import { aRequest } from '../../../support/requests.ts';

describe('before the guard is taken down', () => {
  it('says that the ledger stays', () => {
    expect(beforeDestroy('ledger-table', [], 100)).toContain('The table ledger-table, with every request');
  });

  it('says so when nothing waits', () => {
    expect(beforeDestroy('ledger-table', [], 100)).toContain('No request waits for a decision.');
  });

  it('names every request that still waits, and what becomes of it', () => {
    const text = beforeDestroy('ledger-table', [aRequest('r1a2b3c4d5e6'), aRequest('r6e5d4c3b2a1')], 100);
    expect(text).toContain('Still waiting (2); what they concern stays in quarantine');
    expect(text).toMatch(/r1a2b3c4d5e6 {2}dana@example\.com .*created the policy my-bad-policy/);
    expect(text).toContain('r6e5d4c3b2a1');
  });

  it('does not claim to have counted what it did not read to the end', () => {
    expect(beforeDestroy('ledger-table', [aRequest('r1a2b3c4d5e6')], 1)).toContain(
      'Still waiting (1 or more)',
    );
  });

  it('says how the protection of the stack is taken off', () => {
    expect(howToUnprotect('us-gov-west-1')).toContain(
      'update-termination-protection --no-enable-termination-protection --stack-name PolicyGuard --region us-gov-west-1',
    );
  });
});
