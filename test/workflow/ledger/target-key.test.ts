import { describe, expect, test } from 'vitest';
import { targetKey } from '../../../workflow/ledger/target-key.ts';

const account = '123456789012';

describe('the key of a target', () => {
  test('is the same for every version of a managed policy', () => {
    const policyArn = `arn:aws:iam::${account}:policy/deploy`;
    expect(targetKey(account, { type: 'managed-policy', policyArn, versionId: 'v1' })).toBe(
      targetKey(account, { type: 'managed-policy', policyArn, versionId: 'v2' }),
    );
  });

  test('does not depend on the case of names, as in IAM', () => {
    const inline = { type: 'inline-policy', entity: 'role', policyName: 'deploy' } as const;
    expect(targetKey(account, { ...inline, entityName: 'Deployer' })).toBe(
      targetKey(account, { ...inline, entityName: 'deployer' }),
    );
  });

  test('tells accounts, kinds of target and kinds of entity apart', () => {
    const inline = { type: 'inline-policy', entityName: 'ops', policyName: 'p' } as const;
    const attachment = { type: 'attachment', entityName: 'ops', policyArn: 'p' } as const;
    const keys = [
      targetKey(account, { ...inline, entity: 'user' }),
      targetKey(account, { ...inline, entity: 'role' }),
      targetKey('210987654321', { ...inline, entity: 'user' }),
      targetKey(account, { ...attachment, entity: 'user' }),
      targetKey(account, { type: 'managed-policy', policyArn: 'p', versionId: 'v1' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});
