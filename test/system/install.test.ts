import { readFileSync } from 'node:fs';
import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';

const BAD = readFileSync(new URL('../../fixtures/policies/bad-policy.json', import.meta.url), 'utf8');

let guard: GuardedSandbox;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  guard = await startGuardedSandbox();
  const { aws, callers } = guard.sandbox;
  secrets = new SecretsManagerClient({
    endpoint: aws,
    region: 'us-east-1',
    credentials: callers[0]?.credentials,
  });
});
afterAll(() => guard.stop());

async function stored(): Promise<Record<string, string>> {
  const { SecretString = '{}' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: guard.sandbox.slackSecretArn }),
  );
  return JSON.parse(SecretString);
}

async function store(change: Record<string, string>): Promise<void> {
  const SecretString = JSON.stringify({ ...(await stored()), ...change });
  await secrets.send(new PutSecretValueCommand({ SecretId: guard.sandbox.slackSecretArn, SecretString }));
}

/** Opens the install page, as a browser does. */
async function begin() {
  const response = await fetch(`${guard.sandbox.page}/slack/install`);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const html = await response.text();
  const link = /href="([^"]+oauth\/v2\/authorize[^"]+)"/.exec(html)?.[1] ?? '';
  return { status: response.status, cookie, html, authorize: link.replaceAll('&amp;', '&') };
}

/** Allows or cancels in Slack. @returns where Slack sends the browser back to */
async function answerInSlack(authorize: string, form: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(form);
  const response = await fetch(authorize, { method: 'POST', body, redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

async function comeBack(location: string, cookie: string) {
  const response = await fetch(location, { headers: { cookie } });
  return { status: response.status, html: await response.text() };
}

describe('installing to a workspace', () => {
  test('the token goes to Secrets Manager, the page says what is next, and the doctor is content', async () => {
    const before = await stored();
    await store({ botToken: '' });
    const { authorize, cookie } = await begin();
    const done = await comeBack(await answerInSlack(authorize, { answer: 'allow' }), cookie);
    expect(done).toMatchObject({ status: 200, html: expect.stringContaining('/policy-guard doctor') });
    const after = await stored();
    expect(after.botToken).not.toBe(before.botToken);
    expect(after).toMatchObject({ signingSecret: before.signingSecret, clientId: before.clientId });
    // That changes arrive at all is seen by one.
    const PolicyName = 'before-the-doctor';
    await guard.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: BAD }));
    await guard.asked(() => true);
    // So is that the account is swept.
    await guard.post('/api/reconcile', {});
    const { ephemeral } = await guard.command('doctor');
    expect(ephemeral.at(-1)?.text).toMatch(/^(All|Everything|5 of 5)/);
  });

  test('a state that was not made here, or for another browser, is refused', async () => {
    const { authorize, cookie } = await begin();
    const location = await answerInSlack(authorize, { answer: 'allow' });
    const forged = location.replace(/state=\d/, 'state=9');
    expect(await comeBack(forged, cookie)).toMatchObject({ status: 403 });
    expect(await comeBack(location, '')).toMatchObject({ status: 403 });
    expect(await comeBack(location, 'policy_guard_install=other')).toMatchObject({ status: 403 });
  });

  test('another workspace is refused, and nothing is stored', async () => {
    const { authorize, cookie } = await begin();
    const open = new URL(authorize);
    open.searchParams.delete('team');
    const form = await (await fetch(open)).text();
    const other = [...form.matchAll(/<option value="([^"]+)"/g)].map(([, id]) => id).at(-1) ?? '';
    expect(other).not.toBe('T0SANDBOX');
    const before = await stored();
    const done = await comeBack(await answerInSlack(open.href, { answer: 'allow', team: other }), cookie);
    expect(done).toMatchObject({ status: 403, html: expect.stringContaining('another workspace') });
    expect(await stored()).toEqual(before);
  });

  test('cancelling in Slack changes nothing', async () => {
    const { authorize, cookie } = await begin();
    const before = await stored();
    const done = await comeBack(await answerInSlack(authorize, { answer: 'cancel' }), cookie);
    expect(done.html).toContain('cancelled');
    expect(await stored()).toEqual(before);
  });

  test('before the credentials are stored, the page says so', async () => {
    const fresh = await startGuardedSandbox();
    try {
      const { aws, callers, slackSecretArn, page } = fresh.sandbox;
      const client = new SecretsManagerClient({
        ...{ endpoint: aws, region: 'us-east-1', credentials: callers[0]?.credentials },
      });
      await client.send(new PutSecretValueCommand({ SecretId: slackSecretArn, SecretString: '{}' }));
      const response = await fetch(`${page}/slack/install`);
      expect(response.status).toBe(503);
      expect(await response.text()).toContain('npm run slack:credentials');
    } finally {
      await fresh.stop();
    }
  });
});

describe('rotating needs no deployment', () => {
  test('a new signing secret is found when a signature does not verify', async () => {
    const rotated = await startGuardedSandbox();
    try {
      await rotated.command('list');
      const { aws, callers, slackSecretArn, slack } = rotated.sandbox;
      slack.secret.signingSecret = 'b'.repeat(32);
      const client = new SecretsManagerClient({
        ...{ endpoint: aws, region: 'us-east-1', credentials: callers[0]?.credentials },
      });
      const SecretString = JSON.stringify(slack.secret);
      await client.send(new PutSecretValueCommand({ SecretId: slackSecretArn, SecretString }));
      const { Policy } = await rotated.iam.send(
        new CreatePolicyCommand({ PolicyName: 'rotated', PolicyDocument: BAD }),
      );
      const request = await rotated.asked(({ policyArn }) => policyArn === Policy?.Arn);
      expect(await rotated.click(request, 'approve')).toMatchObject({ status: 200 });
      expect(await rotated.ended(request.id)).toMatchObject({ outcome: 'approved' });
    } finally {
      await rotated.stop();
    }
  });
});
