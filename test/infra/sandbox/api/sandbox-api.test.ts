import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADA, type GuardedSandbox, startGuardedSandbox } from '../../../support/guarded-sandbox.ts';

let guard: GuardedSandbox;
beforeAll(async () => {
  guard = await startGuardedSandbox();
});
afterAll(() => guard.sandbox.close());

async function ask(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${guard.sandbox.page}${path}`, init);
  return { status: response.status, body: await response.json() };
}

const HARMLESS = readFileSync(
  new URL('../../../../fixtures/policies/harmless-policy.json', import.meta.url),
  'utf8',
);
const CREATE = {
  operation: 'CreatePolicy',
  parameters: { PolicyName: 'reader', PolicyDocument: HARMLESS },
};

describe('GET /api/state', () => {
  it('has everything that is promised, also when nothing has happened yet', async () => {
    const { body } = await ask('/api/state');
    expect(body).toMatchObject({
      ...{ policies: [], requests: [], executions: [], emails: [] },
      slack: { up: true, channel: { id: 'C0SECURITY', name: 'security' }, messages: [] },
      endpoints: { page: guard.sandbox.page, aws: guard.sandbox.aws },
    });
    expect(body.people.map(({ name }: { name: string }) => name)).toEqual([
      ...['Ada Lovelace', 'Grace Hopper', 'Margaret Hamilton', 'Dana Lee', 'Gus Guest'],
    ]);
    expect(body.callers[0]).toMatchObject({ accessKeyId: 'AKIADEVELOPEREXAMPLE' });
  });
});

describe('POST /api/summary', () => {
  it('asks notify for the summary, now', async () => {
    expect(await ask('/api/summary', {})).toEqual({ status: 200, body: { ok: true } });
  });

  it('takes nothing else', async () => {
    expect(await ask('/api/summary', { day: 'yesterday' })).toMatchObject({ status: 400 });
  });
});

describe('GET /api/events', () => {
  it('tells that something has changed', async () => {
    const response = await fetch(`${guard.sandbox.page}/api/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await events?.read())?.value).toBe(': connected\n\n');
    await ask('/api/faults', { slack: 'up' });
    expect((await events?.read())?.value).toBe('data: changed\n\n');
    await events?.cancel();
  });
});

describe('POST /api/changes', () => {
  it.each(['deployer', 'Root user of the account', 'ASIADANAADMINEXAMPLE', undefined])(
    'makes the call as %s',
    async (caller) => {
      const PolicyName = `by-${caller ?? 'default'}`.replaceAll(' ', '-');
      const answer = await ask('/api/changes', {
        ...CREATE,
        caller,
        parameters: { ...CREATE.parameters, PolicyName },
      });
      expect(answer).toMatchObject({ status: 200, body: { Policy: { PolicyName, DefaultVersionId: 'v1' } } });
    },
  );

  it('answers with AWS’s error when AWS refuses', async () => {
    await ask('/api/changes', CREATE);
    expect(await ask('/api/changes', CREATE)).toMatchObject({
      status: 409,
      body: { error: { code: 'EntityAlreadyExists', message: expect.stringContaining('reader') } },
    });
  });

  it.each([
    ['an unknown caller', { ...CREATE, caller: 'mallory' }, 'developer, deployer, dana'],
    ['an unknown call', { operation: 'Frobnicate' }, 'IAM has no call Frobnicate'],
    ['a call that is none', { operation: '__proto__' }, 'operation: '],
    ['an unknown field', { ...CREATE, region: 'eu-west-1' }, 'region'],
    ['no object', [], 'body: '],
  ])('refuses %s', async (_, body, message) => {
    expect(await ask('/api/changes', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'BadRequest', message: expect.stringContaining(message) } },
    });
  });
});

describe('POST /api/faults', () => {
  it('sets what it names, leaves the rest, and answers with both', async () => {
    expect((await ask('/api/faults', { slack: 'down' })).body).toEqual({
      slack: 'down',
      cloudTrailDelayMs: 20,
    });
    expect((await ask('/api/state')).body.slack.up).toBe(false);
    expect((await ask('/api/faults', { cloudTrailDelayMs: 30 })).body).toEqual({
      ...{ slack: 'down', cloudTrailDelayMs: 30 },
    });
    expect((await ask('/api/faults', { slack: 'up', cloudTrailDelayMs: 20 })).body.slack).toBe('up');
  });

  it.each([{ slack: 'sideways' }, { cloudTrailDelayMs: -1 }, { moon: 'full' }])(
    'refuses %j',
    async (body) => {
      expect((await ask('/api/faults', body)).status).toBe(400);
    },
  );
});

describe('POST /api/slack/…', () => {
  it.each([
    [
      'a message that is not there',
      '/actions',
      { user: ADA, channel: 'C0SECURITY', ts: '1.2', action_id: 'approve' },
    ],
    ['a person who is not there', '/commands', { user: 'U0NOBODYX', command: '/policy-guard' }],
    ['a modal that is not open', '/views', { user: ADA, view_id: 'V0', values: {} }],
  ])('answers 404 for %s', async (_, path, body) => {
    expect((await ask(`/api/slack${path}`, body)).status).toBe(404);
  });

  it.each([
    ['/actions', { user: ADA, channel: 'C0SECURITY', ts: '1.2' }],
    ['/actions', { user: ADA, channel: 'C0SECURITY', ts: '1.2', action_id: 'approve', force: true }],
    ['/commands', { user: ADA, command: 'policy-guard' }],
    ['/views', { user: ADA, view_id: 'V0', values: 'approve' }],
  ])('answers 400 for what it cannot understand: %s', async (path, body) => {
    expect((await ask(`/api/slack${path}`, body)).status).toBe(400);
  });
});

describe('anything else', () => {
  it('is not there, or needs another method', async () => {
    expect((await ask('/api/nothing', {})).status).toBe(404);
    expect((await ask('/api/toString', {})).status).toBe(404);
    expect((await ask('/api/changes')).status).toBe(405);
    expect((await ask('/api/state', {})).status).toBe(405);
  });

  it('must be JSON', async () => {
    const response = await fetch(`${guard.sandbox.page}/api/changes`, {
      method: 'POST',
      body: 'PolicyName=x',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: { code: 'BadRequest', message: 'The body must be JSON.' },
    });
  });
});
