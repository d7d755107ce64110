import { describe, expect, it } from 'vitest';
import { countHeld, heldAsText } from '../../../../infra/cli/managed-policies/count-held.ts';
import { readManagedPolicies } from '../../../../infra/cli/managed-policies/read-managed-policies.ts';

describe('how many of AWS’s own policies are held', () => {
  const named = (name: string) => readManagedPolicies().filter((policy) => policy.name === name);
  const held = (name: string) =>
    Object.fromEntries(countHeld(named(name)).map((each) => [each.list, each.held]));

  it('is told of the fixtures, one row a list', () => {
    const policies = readManagedPolicies();
    const counts = countHeld(policies);
    const text = heldAsText(counts, policies.length);
    expect(text.split('\n')).toHaveLength(counts.length + 3);
    expect(text).toContain(`of ${policies.length} (`);
  });

  it('tells the two strengths apart: administrators by both, read-only policies by neither', () => {
    expect(held('AdministratorAccess')).toMatchObject({ '@unseen': 1, '@unseen,@broad': 1 });
    expect(held('AmazonS3FullAccess')).toMatchObject({ '@unseen,@broad': 1 });
    expect(held('IAMReadOnlyAccess')).toMatchObject({ '@unseen': 0, '@unseen,@broad': 0 });
  });
});
