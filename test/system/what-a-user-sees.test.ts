import { createHmac } from 'node:crypto';
import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import {
  ADA,
  BAD,
  DANA,
  GRACE,
  GUEST,
  HARMLESS,
  sandboxOfThisFile,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';

const guard = await sandboxOfThisFile();

async function held(caller?: string): Promise<{ arn: string; request: RequestState }> {
  const request = await guard.held({ ...(caller && { caller }) });
  return { arn: request.policyArn ?? '', request };
}

describe('what a user sees', () => {
  test('1: the policy is created and in force until CloudTrail reports it', async () => {
    await guard.post('/api/faults', { cloudTrailDelayMs: 400 });
    const arn = await guard.create();
    await guard.post('/api/faults', { cloudTrailDelayMs: 20 });
    expect(await guard.inForce(arn)).toBe('v1');
    await guard.asked(({ policyArn }) => policyArn === arn);
    expect(await guard.inForce(arn)).toBe('v2');
  });

  test('2: then the placeholder is in force under the same ARN, and v1 is still there', async () => {
    const { arn } = await held();
    expect(await guard.inForce(arn)).toBe('v2');
    expect(await guard.versionText(arn, 'v2')).toBe(PLACEHOLDER);
    expect(await guard.versionText(arn, 'v1')).toBe(BAD);
  });

  test('3: the message says what happened, by whom, on what, what it grants, and has the buttons', async () => {
    const { request } = await held('dana');
    const text = JSON.stringify((await guard.message(request))?.blocks);
    for (const told of [
      'dana@example.com',
      'policy-3',
      '9012',
      's3:DeleteBucket',
      's3:DeleteObject',
      'arn:aws:s3:::*',
      'console.aws.amazon.com',
      '"action_id":"approve"',
      '"action_id":"deny"',
    ]) {
      expect(text).toContain(told);
    }
    expect(text).toMatch(/in force for.{0,40}\d+ s/);
  });

  test('4: approve puts v1 back, same id and bytes, and the message says that it has happened', async () => {
    const { arn, request } = await held();
    expect(await guard.click(request, 'approve')).toMatchObject({ ok: true, status: 200 });
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inForce(arn)).toBe('v1');
    expect(await guard.versionText(arn, 'v1')).toBe(BAD);
    await expect(guard.versionText(arn, 'v2')).rejects.toThrow(NoSuchEntityException);
    const message = await guard.message(request);
    expect(JSON.stringify(message)).not.toContain('"action_id":"approve"');
    expect(message?.text).toMatch(/^Approved by Ada Lovelace in Slack: the grant has been put back/);
    expect(await guard.thread(request)).toHaveLength(1);
  });

  test('4: deny deletes v1 for good', async () => {
    const { arn, request } = await held();
    await guard.deny(request, GRACE);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.versionText(arn, (await guard.inForce(arn)) ?? '')).toBe(PLACEHOLDER);
    await expect(guard.versionText(arn, 'v1')).rejects.toThrow(NoSuchEntityException);
    expect((await guard.message(request))?.text).toMatch(/^Denied by Grace Hopper in Slack/);
    expect(await guard.thread(request)).toHaveLength(1);
  });

  test('5: a harmless policy is allowed: no message, and an execution that says so', async () => {
    const before = (await guard.state()).slack.messages.length;
    const executions = (await guard.state()).executions.length;
    await guard.create({ document: HARMLESS });
    const newest = await guard.until('an execution', (state) =>
      state.executions.length > executions && state.executions[0]?.outcome ? state.executions[0] : undefined,
    );
    expect(newest).toMatchObject({ status: 'SUCCEEDED', outcome: 'allowed' });
    expect((await guard.state()).slack.messages).toHaveLength(before);
  });

  test('6: with Slack down an e-mail has links; GET changes nothing, POST decides, once', async () => {
    await guard.post('/api/faults', { slack: 'down' });
    const arn = await guard.create();
    const email = await guard.until('an e-mail', ({ emails }) =>
      emails.find(({ text, links }) => text.includes(arn) && links.some((link) => link.includes('/decide'))),
    );
    await guard.post('/api/faults', { slack: 'up' });
    const approve = email.links.find((link) => link.includes('decision=approve')) ?? '';
    const deny = email.links.find((link) => link.includes('decision=deny')) ?? '';
    const page = await (await fetch(approve)).text();
    expect(page).toContain('<form method="post"');
    expect(page).toContain(arn);
    await fetch(deny, { method: 'HEAD' });
    expect(await guard.inForce(arn)).toBe('v2');

    const posted = await fetch(approve, { method: 'POST' });
    expect(posted.status).toBe(200);
    const request = await guard.until('the end', ({ requests }) =>
      requests.find(({ policyArn, outcome }) => policyArn === arn && outcome),
    );
    expect(request.outcome).toBe('approved');
    expect(await guard.inForce(arn)).toBe('v1');
    const denied = await (await fetch(deny, { method: 'POST' })).text();
    expect(denied).toContain('Approved by someone with the e-mail link');
    expect(await guard.inForce(arn)).toBe('v1');
  });

  test('6: after a decision in Slack the links say who decided what', async () => {
    await guard.post('/api/faults', { slack: 'down' });
    const arn = await guard.create();
    const email = await guard.until('an e-mail', ({ emails }) =>
      emails.find(({ text, links }) => text.includes(arn) && links.some((link) => link.includes('/decide'))),
    );
    await guard.post('/api/faults', { slack: 'up' });
    const [first, second] = email.links.filter((link) => link.includes('/decide'));
    await Promise.all([fetch(first ?? '', { method: 'POST' }), fetch(second ?? '', { method: 'POST' })]);
    const pages = await Promise.all([first, second].map(async (link) => (await fetch(link ?? '')).text()));
    expect(pages[0]).not.toContain('<form');
    expect(pages[0]).toMatch(/(Approved|Denied) by someone with the e-mail link/);
    expect(pages[1]).toContain(/(Approved|Denied) by/.exec(pages[0] ?? '')?.[0]);
  });

  test('7: two people at once, and one twice: one decision, everyone else is told whose', async () => {
    const { request } = await held();
    const asked = await guard.click(request, 'deny', GRACE);
    const answers = await Promise.all([
      guard.click(request, 'approve', ADA),
      guard.submit(asked, 'Not like this.', GRACE),
      guard.click(request, 'approve', ADA),
    ]);
    const { decision } = await guard.ended(request.id);
    const told = (await guard.state()).slack.messages
      .filter(({ ephemeralFor, ts }) => ephemeralFor !== null && ts > (request.slack?.ts ?? ''))
      .map(({ text }) => text);
    const [, { view }] = answers;
    if (view !== null) told.push(JSON.stringify(view));
    expect(told).toHaveLength(2);
    for (const text of told) expect(text).toContain(decision?.by.name);
    expect(await guard.thread(request)).toHaveLength(1);
  });

  test('9: /policy-guard and /policy-guard list show the restricted actions to the person who asked', async () => {
    for (const text of ['', 'list']) {
      const { ephemeral, status } = await guard.command(text);
      expect(status).toBe(200);
      const shown = JSON.stringify(ephemeral);
      expect(shown).toContain('s3:DeleteBucket');
      expect(shown).toContain('s3:DeleteObject');
    }
  });

  test('a change by its own requester, or a click by a guest, decides nothing and is recorded', async () => {
    const { arn, request } = await held('dana');
    for (const person of [DANA, GUEST]) {
      const { ephemeral } = await guard.click(request, 'approve', person);
      expect(ephemeral).toHaveLength(1);
    }
    expect(await guard.inForce(arn)).toBe('v2');
    const refused = (await guard.state()).audit.filter(
      ({ event, requestId }) => event === 'decision.refused' && requestId === request.id,
    );
    expect(refused).toHaveLength(2);
  });

  test('the guard’s own writes start no request', async () => {
    const { request } = await held();
    await guard.click(request, 'approve');
    await guard.ended(request.id);
    await guard.settled();
    const { executions, requests } = await guard.state();
    expect(executions.some(({ outcome }) => outcome === 'own-change')).toBe(true);
    expect(requests.filter(({ policyArn }) => policyArn === request.policyArn)).toHaveLength(1);
  });
});

describe('11: what is not genuine is refused, changes nothing and is recorded', () => {
  let body: string;
  let secret: string;
  let request: RequestState;

  beforeAll(async () => {
    ({ request } = await held());
    const client = new SecretsManagerClient({
      endpoint: guard.sandbox.aws,
      region: 'us-east-1',
      credentials: guard.sandbox.callers[0]?.credentials,
    });
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: guard.sandbox.slackSecretArn }),
    );
    secret = JSON.parse(SecretString ?? '').signingSecret;
    const payload = {
      type: 'block_actions',
      team: { id: 'T0SANDBOX' },
      user: { id: ADA, team_id: 'T0SANDBOX' },
      channel: { id: request.slack?.channel },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decision', value: request.id }],
    };
    body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  });

  async function send(sent: string, { signed = sent, age = 0, key = secret } = {}): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${signed}`).digest('hex')}`;
    const response = await fetch(`${guard.sandbox.page}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-signature': signature,
        'x-slack-request-timestamp': timestamp,
      },
      body: sent,
    });
    return response.status;
  }

  const refusals = async () =>
    (await guard.state()).audit.filter(
      ({ event }) => event === 'signature.refused' || event === 'link.refused',
    ).length;

  test.each([
    ['a wrong signature', () => send(body, { key: 'not the secret' })],
    ['a stale signature', () => send(body, { age: 600 })],
    ['a signature of the future', () => send(body, { age: -600 })],
    ['a changed body', () => send(body, { signed: `${body}&more` })],
  ])('%s', async (_, attempt) => {
    const before = await refusals();
    expect(await attempt()).toBe(401);
    expect(await refusals()).toBe(before);
    expect(await guard.inForce(request.policyArn)).toBe('v2');
  });

  test('a forged and an expired link', async () => {
    const before = await refusals();
    const query = (expires: number) =>
      new URLSearchParams({
        ...{ request: request.id, decision: 'approve', expires: String(expires), sent: '1000000000' },
        signature: 'a'.repeat(64),
      });
    for (const expires of [4_000_000_000, 1_000_000_000]) {
      const link = `${guard.sandbox.page}/decide?${query(expires)}`;
      expect((await fetch(link)).status).toBe(403);
      expect((await fetch(link, { method: 'POST' })).status).toBe(403);
    }
    expect(await refusals()).toBe(before);
    expect(await guard.inForce(request.policyArn)).toBe('v2');
  });

  test('the same click, genuinely signed, decides', async () => {
    expect(await send(body)).toBe(200);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('settings change what a user sees', () => {
  test('8: nobody decides, so the request expires, counts as denied, and says so', async () => {
    const short = await startGuardedSandbox({ REQUEST_TIMEOUT_SECONDS: '6', REMINDER_SECONDS: '1' });
    try {
      const request = await short.held();
      expect(await short.ended(request.id)).toMatchObject({ outcome: 'expired' });
      expect((await short.message(request))?.text).toMatch(/^Expired: nobody decided in time/);
      await expect(short.versionText(request.policyArn ?? '', 'v1')).rejects.toThrow(NoSuchEntityException);
      expect((await short.executionOf(request))?.path).toContain('Remind');
    } finally {
      await short.stop();
    }
  });

  test.each(['slack', 'email'] as const)(
    '10: NOTIFY_ALLOWED=%s tells harmless changes too',
    async (where) => {
      const told = await startGuardedSandbox({ NOTIFY_ALLOWED: where });
      try {
        await told.create({ name: 'harmless', document: HARMLESS });
        const text = await told.until('a notice', ({ slack, emails }) =>
          where === 'slack' ? slack.messages[0]?.text : emails[0]?.text,
        );
        expect(text).toContain('harmless');
      } finally {
        await told.stop();
      }
    },
  );
});
