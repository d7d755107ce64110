import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { SandboxState } from '../../infra/sandbox/api/contract.ts';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url).pathname;
const FREE_PORTS = { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0', SANDBOX_CLOUDTRAIL_DELAY_MS: '20' };

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(args: string[] = [], environment: Record<string, string> = FREE_PORTS, by = 'node') {
  const [command, first] =
    by === 'npm' ? ['npm', ['start', '--']] : [process.execPath, ['infra/sandbox/start.ts']];
  const child = spawn(command, [...first, ...args], {
    cwd: ROOT,
    env: { ...BARE_ENVIRONMENT, ...environment },
  });
  started.push(child);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output.text += data));
  return { child, output };
}

async function running(args: string[] = [], by?: 'npm') {
  const { child, output } = start(args, FREE_PORTS, by);
  const find = (pattern: RegExp) => pattern.exec(output.text)?.[1] ?? '';
  await expect.poll(() => output.text).toContain('To call as somebody else');
  const page = find(/Page\s+(\S+)/);
  const state = async () => (await (await fetch(`${page}/api/state`)).json()) as SandboxState;
  const exports = Object.fromEntries(
    [...output.text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
  return { child, output, page, state, exports };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'exit');
  return code as number | null;
}

describe('npm start', () => {
  test('prints where everything is, and greets with one request that waits', async () => {
    const { state, exports } = await running();
    expect(Object.keys(exports)).toEqual([
      'AWS_ENDPOINT_URL',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_REGION',
      'AWS_DEFAULT_REGION',
    ]);
    expect(exports.AWS_ENDPOINT_URL).toMatch(/^http:\/\/localhost:\d+$/);
    await expect.poll(async () => (await state()).requests[0]?.slack).toBeDefined();
  });

  test('--empty starts without', async () => {
    const { state } = await running(['--empty']);
    expect(await state()).toMatchObject({ policies: [], requests: [], executions: [] });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s stops it at once, also while a request waits',
    async (signal) => {
      const { child, state } = await running();
      await expect.poll(async () => (await state()).requests.length).toBe(1);
      const exited = exitCode(child);
      child.kill(signal);
      expect(await exited).toBe(0);
    },
  );

  test('stopping npm stops it too, whatever the shell in between does', async () => {
    const { child, page } = await running([], 'npm');
    child.kill('SIGTERM');
    await exitCode(child);
    await expect.poll(() => answers(page)).toBe(false);
  });

  test('a taken port is a clear error', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { child, output } = start([], { ...FREE_PORTS, SANDBOX_AWS_PORT: String(port) });
    expect(await exitCode(child)).toBe(1);
    expect(output.text).toContain(`Port ${port} is taken`);
    expect(output.text).toContain('SANDBOX_AWS_PORT');
    taken.close();
  });

  test('bad settings stop it, and every bad key is named', async () => {
    const bad = {
      SANDBOX_PAGE_PORT: 'http',
      REQUEST_TIMEOUT_SECONDS: 'soon',
      NOTIFY_ALLOWED: 'pager',
      RESTRICTED_ACTIONS: 's3:DeleteBucket,@no-such-set',
    };
    const { child, output } = start([], bad);
    expect(await exitCode(child)).toBe(1);
    for (const key of Object.keys(bad)) expect(output.text).toContain(key);
    expect(output.text).toContain('@no-such-set');
  });

  test('an unknown option is refused', async () => {
    const { child, output } = start(['--emtpy']);
    expect(await exitCode(child)).toBe(1);
    expect(output.text).toContain("'--emtpy'");
  });
});

const cli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

describe.skipIf(!cli && process.env.CI === undefined)(
  'the AWS CLI (skipped where it is not installed)',
  () => {
    test('the README’s commands catch, show and restore a policy, word for word', async () => {
      const { exports, page, state } = await running(['--empty']);
      const aws = async (...args: string[]) => {
        const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...exports };
        return JSON.parse((await run('aws', args, { cwd: ROOT, env })).stdout);
      };
      const document = 'file://fixtures/policies/bad-policy.json';
      const { Policy } = await aws(
        ...['iam', 'create-policy', '--policy-name', 'my-bad-policy', '--policy-document', document],
      );
      const arn = 'arn:aws:iam::123456789012:policy/my-bad-policy';
      expect(Policy).toMatchObject({ Arn: arn, DefaultVersionId: 'v1' });
      await expect.poll(async () => (await state()).requests[0]?.slack).toBeDefined();
      const get = async () => (await aws('iam', 'get-policy', '--policy-arn', arn)).Policy.DefaultVersionId;
      expect(await get()).toBe('v2');
      const version = await aws('iam', 'get-policy-version', '--policy-arn', arn, '--version-id', 'v2');
      expect(version.PolicyVersion.Document.Statement[0].Sid).toBe('QuarantinedByPolicyGuard');

      const [request] = (await state()).requests;
      const body = JSON.stringify({ user: 'U0ADALOVE', ...request?.slack, action_id: 'approve' });
      await fetch(`${page}/api/slack/actions`, { method: 'POST', body });
      await expect.poll(async () => (await state()).requests[0]?.outcome).toBe('approved');
      expect(await get()).toBe('v1');
      const identity = await aws('sts', 'get-caller-identity');
      expect(identity.Arn).toBe('arn:aws:iam::123456789012:user/developer');
    });
  },
);
