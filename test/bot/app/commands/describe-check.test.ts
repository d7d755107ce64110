import { describe, expect, it } from 'vitest';
import { describeCheck } from '../../../../bot/app/commands/describe-check.ts';
import type { Mode, RestrictedAction } from '../../../../workflow/inspection/finding.ts';

const ENFORCED: RestrictedAction = { pattern: 'iam:*', mode: 'enforce', severity: 'critical' };
const OBSERVED: RestrictedAction = { pattern: 's3:Delete*', mode: 'observe' };
const PLAIN: RestrictedAction = { pattern: 'kms:*' };

describe('what would be done about an action', () => {
  it.each<[string, Mode, string]>([
    ['kms:Sign', 'enforce', 'quarantined'],
    ['kms:Sign', 'observe', 'reported'],
    ['iam:PassRole', 'observe', 'quarantined'],
    ['s3:DeleteBucket', 'enforce', 'reported'],
    ['s3:*', 'enforce', 'reported'],
    ['*', 'observe', 'quarantined'],
    ['ec2:RunInstances', 'enforce', 'allowed'],
  ])('%s, with MODE=%s: %s', (action, mode, verdict) => {
    expect(describeCheck({ actions: [action] }, [ENFORCED, OBSERVED, PLAIN], mode).verdict).toBe(verdict);
  });

  it('is told with severity and mode of the entry', () => {
    const { findings } = describeCheck({ actions: ['*'] }, [ENFORCED, OBSERVED, PLAIN], 'enforce');
    expect(findings.map(({ restricted, severity, mode }) => [restricted, severity, mode])).toEqual([
      ['iam:*', 'critical', 'enforce'],
      ['s3:Delete*', undefined, 'observe'],
      ['kms:*', undefined, 'enforce'],
    ]);
  });

  it.each<[Mode, string]>([
    ['enforce', 'quarantined'],
    ['observe', 'reported'],
  ])('a document that cannot be read is restricted, with MODE=%s: %s', (mode, verdict) => {
    expect(describeCheck({ policy: '{' }, [PLAIN], mode)).toMatchObject({
      verdict,
      unreadable: expect.stringContaining('not JSON'),
    });
  });
});
