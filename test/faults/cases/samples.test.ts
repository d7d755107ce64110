import { describe, expect, it } from 'vitest';
import type { Case } from './case.ts';
import { oneIn, shortForm } from './samples.ts';

const single = (containment: string, at: string, kind: 'reset' | 'hung'): Case => ({
  ...{ family: 'singles', id: `${containment} ${at} ${kind}`, containment, story: 'approve' },
  faults: [{ at, kind }],
});

describe('the short form', () => {
  it('has every operation of a function with every fault once, of one containment', () => {
    const all = ['contain.quarantine iam:GetUser #1', 'contain.restore iam:GetUser #1'].flatMap((at) =>
      (['reset', 'hung'] as const).map((kind) => single('inline', at, kind)),
    );
    expect(shortForm(all, 1).map(({ faults }) => faults?.[0]?.kind)).toEqual(['reset', 'hung']);
  });

  it('has a sample of the rest, which further cases do not change', () => {
    const rest = Array.from({ length: 3_000 }, (_, nth) => single('version', `call ${nth}`, 'reset'));
    const some = shortForm(rest, 1);
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(30);
    expect(shortForm(rest.slice(1_000), 1)).toEqual(some.filter((one) => rest.indexOf(one) >= 1_000));
  });
});

describe('one in so many', () => {
  const all = Array.from({ length: 1_000 }, (_, nth) => single('inline', `call ${nth}`, 'hung'));

  it('is another sample for another seed, and the same for the same', () => {
    expect(oneIn(all, 10, 1)).toEqual(oneIn(all, 10, 1));
    expect(oneIn(all, 10, 1)).not.toEqual(oneIn(all, 10, 2));
    expect(oneIn(all, 1, 1)).toEqual(all);
  });
});
