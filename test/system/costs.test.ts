import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';

/** 5,000 policies, which the documentation has too, take minutes. */
const text = execFileSync(
  process.execPath,
  ['infra/cli/costs/main.ts', '--policies', '100', '--policies', '300'],
  { encoding: 'utf8', env: BARE_ENVIRONMENT },
);

const [, changes = '', sweeps = ''] = text.split('\n\n');
const documented = readFileSync('infra/aws/README.md', 'utf8');

it('npm run costs prints the figures of the documentation', () => {
  for (const part of text.trim().split('\n\n')) if (part !== sweeps) expect(documented).toContain(part);
  for (const row of sweeps.split('\n').filter((line) => !line.startsWith('| ---'))) {
    const [, title, first, month] = row.split('|');
    expect(documented).toContain(`|${title}|${first}|${month}|`);
  }
});

/** What the row of a table says of each column; 0 where there is nothing. */
function quantities(title: string, table = changes): number[] {
  const row = table.split('\n').find((line) => line.includes(title)) ?? '';
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => Number(cell.split(':')[0]?.replaceAll(',', '').trim()) || 0);
}

it('npm run costs counts real runs: a held change takes many transitions and writes, a harmless one few', () => {
  const [harmless = 0, inSlack = 0, byEmail = 0] = quantities('state transitions');
  expect(harmless).toBe(4_000);
  expect(inSlack).toBeGreaterThan(harmless * 3);
  expect(byEmail).toBeGreaterThan(harmless * 3);
  expect(quantities('write request units')).toEqual([0, expect.any(Number), expect.any(Number)]);
  expect(quantities('e-mails').slice(0, 2)).toEqual([0, 0]);
  expect(quantities('e-mails')[2]).toBeGreaterThanOrEqual(1_000);
  expect(quantities('requests to the HTTP API')).toEqual([0, 1_000, 3_000]);
});

it('and real sweeps: the first writes what there is, the others read, in proportion to the account', () => {
  const [small = 0, smallMonth, large = 0, largeMonth] = quantities('write request units', sweeps);
  expect(small).toBeGreaterThan(160);
  expect(large / small).toBeGreaterThan(2);
  expect(large / small).toBeLessThan(3.5);
  // How far it has come, alone.
  expect(smallMonth).toBe(largeMonth);
  expect(quantities('invocations', sweeps)).toEqual([1, 2_880, 1, 2_880]);
  const [, read = 0, , readLarge = 0] = quantities('read request units', sweeps);
  expect(readLarge / read).toBeLessThan(3.5);
});
