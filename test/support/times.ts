/**
 * How many random cases a property is tried with: few where all tests run, `TIMES` times as many where that is set, as in
 * `TIMES=20 npx vitest run test/workflow/ledger`.
 */
export const times = (few: number): number => Math.ceil(few * Number(process.env.TIMES ?? 1));
