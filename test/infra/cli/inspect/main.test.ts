import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const script = 'infra/cli/inspect/main.ts';

describe('the command', () => {
  it('gives answers on standard output and its exit status to the shell', async () => {
    const args = [script, '--json', '--restricted', 's3:DeleteBucket', 'fixtures/policies/evasions/grants'];
    const failed = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error) => error);
    expect(failed.code).toBe(1);
    const answers = failed.stdout
      .trimEnd()
      .split('\n')
      .map((line: string) => JSON.parse(line).restricted);
    expect(answers.length).toBeGreaterThan(90);
    expect(new Set(answers)).toEqual(new Set([true]));
  });

  it('stops without complaint when its reader has seen enough', async () => {
    const args = [script, '--json', '--restricted', '*', 'fixtures/policies/evasions'];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let complaint = '';
    child.stderr.on('data', (data) => {
      complaint += data;
    });
    await once(child, 'close');
    expect(complaint).not.toContain('EPIPE');
  });
});
