import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/** The file of the record that holds the tests' names. */
export const TEST_NAMES = 'test-names.txt';

/** The names of all tests without their files, sorted, one a line; read from the sources, so tables stay templates. */
export async function recordTestNames(): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-names-'));
  try {
    const list = join(folder, 'tests.json');
    const { status, stderr } = await run([
      'node',
      'node_modules/vitest/vitest.mjs',
      'list',
      `--json=${list}`,
    ]);
    if (status !== 0) throw new Error(`The tests cannot be listed: ${stderr}`);
    const tests = JSON.parse(readFileSync(list, 'utf8')) as { name: string }[];
    const names = [...new Set(tests.map(({ name }) => JSON.stringify(name)))].sort();
    return { [TEST_NAMES]: `${names.join('\n')}\n` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
