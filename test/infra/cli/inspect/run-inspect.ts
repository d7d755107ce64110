import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '../../../../infra/cli/inspect/run.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures');

export function readEvent(name: string): { detail: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(fixtures, 'events', `${name}.json`), 'utf8'));
}

/** @param name folder and name of an evasion, e.g. `grants/star-alone` */
export function readPolicy(name: string): string {
  return readFileSync(join(fixtures, 'policies/evasions', `${name}.json`), 'utf8');
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'inspect-'));
}

interface Result {
  status: number;
  out: string;
  err: string;
  /** The output as JSON lines. */
  lines(): Record<string, unknown>[];
}

/** Runs the command in this process, in an empty folder unless one is given. */
export async function runInspect(
  args: string[],
  {
    env = {},
    stdin = '',
    cwd = makeFolder(),
  }: { env?: Record<string, string>; stdin?: string; cwd?: string } = {},
): Promise<Result> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const status = await run(args, {
    env,
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    cwd: () => cwd,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  const lines = () =>
    out
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { status, out, err, lines };
}
