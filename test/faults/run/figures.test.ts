import { describe, expect, it } from 'vitest';
import { figuresOf, isClean, renderFigures, renderSeen } from './figures.ts';
import type { Result } from './messages.ts';

const RUN = { seed: 7, commit: 'abc1234', seconds: 12 };

const result = (changes: Partial<Result> = {}): Result => ({
  played: {
    family: 'singles',
    id: 'single | inline | approve | x | reset',
    containment: 'inline',
    story: 'approve',
  },
  ...{ violations: [], calls: [], callsUntilAsked: 0, struck: true, tookMs: 1 },
  ...changes,
});

describe('the figures', () => {
  it('are clean when nothing was seen', () => {
    expect(isClean(figuresOf([result()], RUN))).toBe(true);
  });

  it('are not clean after a single violation, which they count once a case and play again by name', () => {
    const violations = [
      { promise: 1, seen: 'in force' } as const,
      { promise: 1, seen: 'still in force' } as const,
    ];
    const figures = figuresOf([result({ violations }), result()], RUN);
    expect(isClean(figures)).toBe(false);
    expect(figures.promises[0]).toMatchObject({ total: 1, cases: 2, violations: { singles: 1, pairs: 0 } });
    expect(renderSeen(figures)).toContain("--seed 7 --only 'single | inline | approve | x | reset'");
  });

  it('are not clean after a case that could not be played', () => {
    expect(isClean(figuresOf([result({ broken: 'Stuck' })], RUN))).toBe(false);
  });

  it('say what they are of, and what they do not cover', () => {
    const table = renderFigures(figuresOf([result({ struck: false })], RUN));
    expect(table).toContain('1 cases in 12 s, seed 7, commit abc1234.');
    expect(table).toContain('Cases whose fault met no call: 1.');
    expect(table).toContain('Not covered: ');
  });
});
