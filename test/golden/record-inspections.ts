import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npmScript, ROOT, run } from './run.ts';

/** Policies and records as found in public repositories; they are not part of the project. */
export const REAL = '../shared/real';

export const realIsThere = existsSync(join(ROOT, REAL));

const LIST = 's3:Delete*,iam:PassRole severity=critical,iam:Put*Policy,kms:ScheduleKeyDeletion';

/** What `npm run inspect` prints: file name → text. Without `../shared/real`, nothing is recorded of it. */
export async function recordInspections(): Promise<Record<string, string>> {
  const looked = { fixtures: 'fixtures', ...(realIsThere && { real: REAL }) };
  const calls: [string, string[]][] = Object.entries(looked).flatMap(([name, path]) => [
    [`${name}.txt`, ['--restricted', LIST, path]],
    [`${name}.jsonl`, ['--restricted', LIST, '--json', path]],
    [`${name}-by-default.txt`, [path]],
  ]);
  calls.push(['sets.txt', ['--sets']], ['help.txt', ['--help']]);
  const texts = await Promise.all(
    calls.map(async ([name, args]) => [`inspect/${name}`, await inspect(args)] as const),
  );
  return Object.fromEntries(texts);
}

async function inspect(args: string[]): Promise<string> {
  // An empty list is as none: a developer's own .env plays no part.
  const { status, stdout, stderr } = await run([...npmScript('inspect'), ...args], {
    RESTRICTED_ACTIONS: '',
  });
  return `${stdout}--- standard error\n${stderr}--- exit status ${status}\n`;
}
