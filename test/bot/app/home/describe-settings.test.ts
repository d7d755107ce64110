import { describe, expect, it } from 'vitest';
import { describeExemption, describeMode, modeView } from '../../../../bot/app/home/describe-settings.ts';

describe('the mode in words', () => {
  const list = [{ pattern: 'a:*', mode: 'observe' as const }, { pattern: 'b:*' }];

  it('counts the entries that are only reported', () => {
    expect(describeMode(modeView('enforce', list))).toContain(
      'Reported only: 1 restricted action of the list',
    );
  });

  it('counts the entries that are quarantined all the same', () => {
    const enforced = [...list, { pattern: 'c:*', mode: 'enforce' as const }];
    expect(describeMode(modeView('observe', enforced))).toContain('Quarantined all the same: 1 restricted');
  });

  it('says nothing of exceptions where there are none', () => {
    expect(describeMode(modeView('observe', list))).not.toContain('of the list');
  });
});

describe('an exemption', () => {
  const exemption = { pattern: 'arn:x', until: '2026-03-01', reason: 'why' };

  it.each([
    ['2026-03-01T23:59:59Z', 'until 2026-03-01'],
    ['2026-03-02T00:00:00Z', 'ended on 2026-03-01'],
  ])('at %s: %s', (now, end) => {
    expect(describeExemption(exemption, new Date(now)).end).toBe(end);
  });
});
