import { describe, expect, it } from 'vitest';
import type { Case } from './case.ts';
import { oneIn, shardOf, shortForm } from './samples.ts';

const single = (containment: string, at: string, kind: 'reset' | 'hung', story = 'approve'): Case => ({
  ...{ family: 'singles', id: `${containment} ${story} ${at} ${kind}`, containment, story },
  faults: [{ at, kind }],
});

describe('the short form', () => {
  const CALLS = ['iam:GetUser', 'iam:PutUserPolicy', 'iam:GetUserPolicy', 'iam:ListAccessKeys'];
  const all = ['inline', 'version'].flatMap((containment) =>
    CALLS.flatMap((operation) =>
      (['reset', 'hung'] as const).flatMap((kind) =>
        ['approve', 'deny'].map((story) =>
          single(containment, `contain.restore ${operation} #1`, kind, story),
        ),
      ),
    ),
  );
  const sample = shortForm(all, 1);

  it('has each fault once for each containment', () => {
    const kinds = sample.map(({ containment, faults }) => `${containment} ${faults?.[0]?.kind}`);
    expect(kinds.sort()).toEqual(['inline hung', 'inline reset', 'version hung', 'version reset']);
  });

  it('is spread over calls and stories', () => {
    expect(new Set(sample.map(({ faults }) => faults?.[0]?.at)).size).toBe(4);
    expect(sample.filter(({ story }) => story === 'deny')).toHaveLength(2);
  });

  it('is another sample for another seed, and the same for the same', () => {
    expect(shortForm(all, 1)).toEqual(sample);
    expect(shortForm(all, 2)).not.toEqual(sample);
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

it('parts hold every case once, and are about alike', () => {
  const all = Array.from({ length: 100 }, (_, nth) => single('inline', `call ${nth}`, 'hung'));
  const parts = [1, 2, 3].map((nth) => shardOf(all, { nth, of: 3 }));
  expect(parts.flat().toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
    all.toSorted((a, b) => a.id.localeCompare(b.id)),
  );
  expect(parts.map(({ length }) => length)).toEqual([34, 33, 33]);
});
