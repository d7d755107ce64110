import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url).pathname;

test('npm run demo tells the whole story and ends well', async () => {
  const { stdout } = await run(process.execPath, ['infra/sandbox/demo.ts'], { cwd: ROOT });
  for (const told of [
    'Ada Lovelace clicks Approve.',
    'It has ended as approved: v1 is in force again',
    'Ada Lovelace clicks Deny, and is asked why.',
    'It has ended as denied: v1 is deleted for good',
    'A session of the role deployer creates the policy demo-by-two',
    'Grace Hopper clicks Approve.',
    'Slack is down, so an e-mail goes to',
    'Opening the approve link shows the request and a button; nothing has changed yet.',
    'Everything was as told.',
  ]) {
    expect(stdout).toContain(told);
  }
});
