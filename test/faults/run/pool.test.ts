import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../cases/case.ts';
import type { Result } from './messages.ts';
import { createPool, type Pool } from './pool.ts';

const PLAIN: Case = { family: 'no fault', id: 'plain', containment: 'inline', story: 'approve' };
const QUARANTINE = 'contain.quarantine iam:PutUserPolicy #1';
const RECORD = 'notify.record dynamodb:PutItem request/request #1';

let pool: Pool;
beforeAll(async () => {
  pool = await createPool(1, 3);
});
afterAll(() => pool.close());

async function played(...cases: Case[]): Promise<Result[]> {
  const results: Result[] = [];
  await pool.play(cases, (result) => results.push(result));
  return results;
}

const namesOf = (result?: Result) => result?.calls.map(({ id }) => id);

const withFault = (at: string, kind: 'killed during' | 'throttled for long'): Case => ({
  ...PLAIN,
  ...{ id: `${at} | ${kind}`, family: 'singles', faults: [{ at, kind }] },
});

describe('a case', () => {
  it('without a fault keeps every promise', async () => {
    const [result] = await played(PLAIN);
    expect(result).toMatchObject({ violations: [], struck: true });
    expect(result?.broken).toBeUndefined();
    expect(namesOf(result)).toContain(QUARANTINE);
  });

  it('with a fault strikes the call that is named, which is made again', async () => {
    const [result] = await played(withFault(RECORD, 'killed during'));
    expect(result?.struck).toBe(true);
    expect(namesOf(result)).toContain(RECORD.replace('#1', '#2'));
  });

  it('plays again: the same call is struck, and the same promises hold', async () => {
    const one = withFault(RECORD, 'throttled for long');
    const [first, second] = await played(one, one);
    expect(second?.struck).toBe(first?.struck);
    expect(second?.violations).toEqual(first?.violations);
  });

  it('that cannot be played is told as broken, and the next one is played', async () => {
    const [broken, next] = await played({ ...PLAIN, story: 'nonsense' }, PLAIN);
    expect(broken?.broken).toContain('There is no story "nonsense".');
    expect(next?.broken).toBeUndefined();
  });
});
