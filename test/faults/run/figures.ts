import { FAMILIES, type Family } from '../cases/case.ts';
import { PROMISES } from '../oracle/promises.ts';
import { FAULTS } from '../world/fault.ts';
import type { Result } from './messages.ts';

/** What nobody looks at here, so that nobody takes a zero for more than it is. */
export const NOT_COVERED = [
  'AWS and Slack themselves: the sandbox stands for both, and its IAM is consistent at once',
  'more than two faults at once, other than outages',
  'the functions’ bundles and their permissions: the sources run, with every permission',
  'what takes away (Deny statements) in the documents of a change, and quotas that are full',
  'bursts of many changes',
];

export interface Figures {
  seed: number;
  commit: string;
  seconds: number;
  cases: Record<Family, number>;
  /** Cases in which a planned fault met no call: they count, and show nothing. */
  missed: number;
  promises: {
    promise: string;
    oracle: string;
    cases: number;
    violations: Record<Family, number>;
    total: number;
  }[];
  broken: { id: string; why: string }[];
  /** Each violation, and the case that plays it again. */
  seen: { id: string; promise: string; seen: string }[];
  faults: readonly string[];
  notCovered: readonly string[];
}

/** @returns what a run of cases has shown, by promise */
export function figuresOf(
  results: readonly Result[],
  run: Pick<Figures, 'seed' | 'commit' | 'seconds'>,
): Figures {
  const cases = perFamily((family) => results.filter(({ played }) => played.family === family).length);
  return {
    ...run,
    cases,
    missed: results.filter(({ struck, broken }) => !struck && broken === undefined).length,
    promises: PROMISES.map(({ promise, oracle }, index) => {
      const violations = perFamily(
        (family) =>
          results.filter(
            ({ played, violations: all }) =>
              played.family === family && all.some((violation) => violation.promise === index + 1),
          ).length,
      );
      const total = Object.values(violations).reduce((sum, count) => sum + count, 0);
      return { promise, oracle, cases: results.length, violations, total };
    }),
    broken: results.flatMap(({ played, broken }) =>
      broken === undefined ? [] : [{ id: played.id, why: broken }],
    ),
    seen: results.flatMap(({ played, violations }) =>
      violations.map(({ promise, seen }) => ({
        id: played.id,
        promise: PROMISES[promise - 1]?.promise ?? '',
        seen,
      })),
    ),
    faults: FAULTS,
    notCovered: NOT_COVERED,
  };
}

function perFamily(count: (family: Family) => number): Record<Family, number> {
  return Object.fromEntries(FAMILIES.map((family) => [family, count(family)])) as Record<Family, number>;
}

/** Whether nothing at all was wrong. */
export function isClean({ promises, broken }: Figures): boolean {
  return broken.length === 0 && promises.every(({ total }) => total === 0);
}

/** The table, as Markdown. */
export function renderFigures(figures: Figures): string {
  const { seed, commit, seconds, cases, missed, promises, broken, notCovered } = figures;
  const total = Object.values(cases).reduce((sum, count) => sum + count, 0);
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    `${total} cases in ${Math.round(seconds)} s, seed ${seed}, commit ${commit}.`,
    '',
    row(['promise', 'oracle', ...FAMILIES, 'violations']),
    row(['---', '---', ...FAMILIES.map(() => '--:'), '--:']),
    row(['cases', '–', ...FAMILIES.map((family) => cases[family]), '–']),
    ...promises.map(({ promise, oracle, violations, total: sum }) =>
      row([promise, oracle, ...FAMILIES.map((family) => violations[family]), sum]),
    ),
    '',
    `Faults: ${figures.faults.join(', ')}.`,
    `Broken cases: ${broken.length}. Cases whose fault met no call: ${missed}.`,
    `Not covered: ${notCovered.join('; ')}.`,
  ].join('\n');
}

/** Violations of one kind together: how many, and a case that plays one again. */
export function renderSeen({ seen, broken, seed }: Figures): string {
  const kinds = Map.groupBy(
    seen,
    ({ promise, seen: what }) => `${promise}: ${what.replaceAll(/\d+ ms|pg-\w+/g, '…')}`,
  );
  const lines = [...kinds]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([kind, of]) => `${of.length} × ${kind}\n    --seed ${seed} --only '${of[0]?.id}'`);
  return [...lines, ...broken.map(({ id, why }) => `broken: ${id}\n    ${why.split('\n')[0]}`)].join('\n');
}

/** What was planned for a case, and every call of it with the seconds since it began and what became of it. */
export function renderCalls({ played, calls, tookMs }: Result): string {
  const faults = [...(played.faults ?? []), ...(played.outages ?? [])].map((each) => JSON.stringify(each));
  const lines = calls.map(({ id, at, fate }) => {
    return `  ${(at / 1000).toFixed(1)} ${id}${fate === 'answer' ? '' : `: ${fate}`}`;
  });
  return [`${played.id} (${calls.length} calls, ${Math.round(tookMs)} ms)`, ...faults, ...lines].join('\n');
}
