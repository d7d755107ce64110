import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { decisionLinkUrl } from '../../../bot/media/email/decision-link.ts';
import { createState } from '../../../bot/pages/install/install-state.ts';
import { createTaskTokens } from '../../../infra/sandbox/aws/states/task-tokens.ts';
import { markedSecret } from '../../../infra/sandbox/marked-secret.ts';
import { OAuth } from '../../../infra/sandbox/slack/oauth.ts';
import { ResponseUrls } from '../../../infra/sandbox/slack/response-urls.ts';
import { Tokens } from '../../../infra/sandbox/slack/tokens.ts';
import { Workspace } from '../../../infra/sandbox/slack/workspace.ts';
import { leaksIn } from './leaks.ts';

const link = { requestId: 'pg-1', decision: 'approve', expires: 2, sent: 1 } as const;
const workspace = new Workspace({ teamId: 'T0SANDBOX', channelId: 'C0SECURITY' }, () => {});
const responseUrls = new ResponseUrls(workspace);
const { state } = createState(markedSecret(64), new Date());

/** The code with which Slack sends a browser back. */
function installationCode(): string {
  const app = { clientId: 'id', clientSecret: 'secret', redirectUri: 'https://example.com/back' };
  const query = new URLSearchParams({ client_id: 'id', redirect_uri: app.redirectUri, scope: 'commands' });
  const { headers } = new OAuth(app, workspace, new Tokens()).authorize({
    ...{ method: 'POST', target: `/oauth/v2/authorize?${query}`, headers: {}, sourceIp: '192.0.2.1' },
    body: Buffer.from('answer=allow'),
  });
  return new URL(String(headers.location)).searchParams.get('code') ?? '';
}

const ONES = [
  ['a secret', markedSecret(32)],
  ['a secret', markedSecret(64)],
  ['a token of Slack', new Tokens().issue({ team: { id: 'T0', name: 'team' }, scopes: [] })],
  ['a task token', createTaskTokens().create()],
  ['a signed link', decisionLinkUrl('https://example.com', link, markedSecret(64))],
  ['the state of an installation', state],
  ['the code of an installation', installationCode()],
  ['a response URL', `http://127.0.0.1:1/_slack/response/${responseUrls.create('U0ADALOVE', null)}`],
] as const;

test.each(ONES)('%s is recognised, and not shown', (what, one) => {
  const [leak, ...others] = leaksIn(`{"message":"before ${one}"}`);
  expect(others).toEqual([]);
  expect(leak).toMatch(new RegExp(`^${what}: .*before `));
  expect(leak).not.toContain(one);
});

test('what belongs into a log is not taken for one', () => {
  const arn =
    'arn:aws:states:us-east-1:123456789012:execution:policy-guard:5ec2e7f0-1137-43ac-978b-8c981160373b';
  expect(leaksIn(`pg-ub4xk77jeb ${arn} decide?request=pg-1 ${'0123456789abcdef'.repeat(4)}`)).toEqual([]);
});

test('a test that writes one fails for each way in which it got out, and passes otherwise', async () => {
  const { status, printed } = await runLeaking(markedSecret(32));
  expect(status).toBe(1);
  for (const way of ['log', 'console', 'stream', 'process']) {
    expect(printed).toMatch(new RegExp(`a secret: .*by-${way} …`));
  }
  expect(await runLeaking('nothing')).toMatchObject({ status: 0 });
});

async function runLeaking(LEAK: string) {
  const config = new URL('leaking.config.ts', import.meta.url).pathname;
  const child = spawn('npx', ['vitest', 'run', '--config', config], {
    env: { ...process.env, AWS_LAMBDA_LOG_LEVEL: 'INFO', LEAK },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[status], ...printed] = await Promise.all([
    once(child, 'exit'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, printed: printed.join('') };
}
