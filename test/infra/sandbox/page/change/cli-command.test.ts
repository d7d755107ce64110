import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cliCommand } from '../../../../../infra/sandbox/page/change/cli-command.ts';
import { type Sandbox, startSandbox } from '../../../../../infra/sandbox/sandbox.ts';

const run = promisify(execFile);
const cli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } });
});
afterEach(() => sandbox.close());

it('names the endpoint and the keys of a caller that there is', async () => {
  const command = cliCommand(await sandbox.state());
  const [{ credentials } = { credentials: undefined }] = sandbox.callers;
  expect(command).toContain(`AWS_ENDPOINT_URL=${sandbox.aws} `);
  expect(command).toContain(`AWS_ACCESS_KEY_ID=${credentials?.accessKeyId} `);
  expect(command).toContain(`AWS_SECRET_ACCESS_KEY=${credentials?.secretAccessKey} `);
  expect(command).not.toContain('undefined');
});

it.skipIf(!cli && process.env.CI === undefined)('runs as it is (skipped without the AWS CLI)', async () => {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent' };
  await run('sh', ['-c', cliCommand(await sandbox.state())], { env });
  const { policies } = await sandbox.state();
  expect(policies.map(({ arn }) => arn)).toContain('arn:aws:iam::123456789012:policy/my-bad-policy');
});
