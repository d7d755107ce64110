import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';

const text = execFileSync(process.execPath, ['infra/cli/costs/main.ts'], {
  encoding: 'utf8',
  env: BARE_ENVIRONMENT,
});

it('npm run costs prints the figures of the documentation', () => {
  expect(readFileSync('infra/aws/README.md', 'utf8')).toContain(text.trim());
});

it('npm run costs counts real runs: a held change takes many transitions and writes, a harmless one few', () => {
  const quantities = (title: string) => {
    const row = text.split('\n').find((line) => line.includes(title)) ?? '';
    return row
      .split('|')
      .slice(2, -1)
      .map((cell) => Number(cell.split(':')[0]?.replaceAll(',', '').trim()) || 0);
  };
  const [harmless = 0, inSlack = 0, byEmail = 0] = quantities('state transitions');
  expect(harmless).toBe(4_000);
  expect(inSlack).toBeGreaterThan(harmless * 3);
  expect(byEmail).toBeGreaterThan(harmless * 3);
  expect(quantities('write request units')).toEqual([0, expect.any(Number), expect.any(Number)]);
  expect(quantities('e-mails').slice(0, 2)).toEqual([0, 0]);
  expect(quantities('e-mails')[2]).toBeGreaterThanOrEqual(1_000);
  expect(quantities('requests to the HTTP API')).toEqual([0, 1_000, 3_000]);
});
