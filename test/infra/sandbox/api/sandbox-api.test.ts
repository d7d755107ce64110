import { describe, expect, it } from 'vitest';
import type {
  ExchangeSummary,
  ExecutionState,
  PersonState,
  StepState,
  ViewState,
} from '../../../../infra/sandbox/api/contract.ts';
import {
  FAULT_NAMES,
  FAULTS,
  type Fault,
  type FaultValues,
  NO_FAULTS,
} from '../../../../infra/sandbox/faults/table.ts';
import type { Person } from '../../../../infra/sandbox/slack/people.ts';
import { ADA, GRACE, HARMLESS, sandboxOfThisFile } from '../../../support/guarded-sandbox.ts';
import { callApi } from '../slack/fake-slack.ts';

const guard = await sandboxOfThisFile();

async function ask(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${guard.sandbox.page}${path}`, init);
  return { status: response.status, body: await response.json() };
}

const CREATE = {
  operation: 'CreatePolicy',
  parameters: { PolicyName: 'reader', PolicyDocument: HARMLESS },
};

describe('GET /api/state', () => {
  it('has everything that is promised, also when nothing has happened yet', async () => {
    const { body } = await ask('/api/state');
    expect(body).toMatchObject({
      ...{ policies: [], requests: [], executions: [], emails: [] },
      slack: {
        directMessages: {},
        homes: [],
        channel: { id: 'C0SECURITY', name: 'security' },
        messages: [],
      },
      faults: { ...NO_FAULTS, cloudTrailDelayMs: 20 },
      endpoints: { page: guard.sandbox.page, aws: guard.sandbox.aws },
    });
    expect(body.callers.map(({ label }: { label: string }) => label)).toEqual([
      ...['IAM user developer', 'IAM user margaret.hamilton', 'Role deployer, session ci-build-42'],
      ...['dana@example.com through Identity Center', 'CloudFormation on someone’s behalf'],
      'Root user of the account',
    ]);
  });

  it('has people of every kind, with what each may do, and their groups', async () => {
    const { body } = await ask('/api/state');
    expect(body.people.map(({ name, kind }: PersonState) => [name, kind])).toEqual([
      ...['Ada Lovelace', 'Grace Hopper', 'Margaret Hamilton', 'Dana Lee', 'Devon Developer'].map((name) => [
        name,
        'member',
      ]),
      ...[
        ['Gus Guest', 'guest'],
        ['Xena External', 'external'],
        ['Dee Parted', 'deactivated'],
        ['Bo Bot', 'bot'],
        ['Eve Elsewhere', 'other-workspace'],
      ],
    ]);
    expect(body.people.every(({ role }: PersonState) => role !== '')).toBe(true);
    expect(body.slack.groups).toEqual([
      { id: 'S0SECURIT', handle: 'security', members: ['U0ADALOVE', 'U0GRACEHO', 'U0MARGARE', 'U0DANALEE'] },
      {
        ...{ id: 'S0DEVELOP', handle: 'developers' },
        members: ['U0DEVONDE', 'U0GUESTGU', 'U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'],
      },
    ]);
  });

  it('has the direct messages of those who were written to, and the homes that were published', async () => {
    const { workspace, secret, handle } = guard.sandbox.slack;
    const call = (method: string, args: object) =>
      callApi({ handle }, method, args, secret.botToken).body as Record<string, unknown>;
    const { channel, ts } = call('chat.postMessage', { channel: ADA, text: 'for you alone' });
    const view = { type: 'home', blocks: [{ type: 'divider', block_id: 'line' }] };
    const published = call('views.publish', { user_id: ADA, view }).view as { id: string };
    workspace.directMessages.open(workspace.people[1] as Person);
    const { slack } = (await ask('/api/state')).body;
    expect(slack.directMessages).toEqual({ [ADA]: channel });
    expect(slack.messages).toMatchObject([{ channel, ts, text: 'for you alone' }]);
    expect(slack.homes).toEqual([{ id: published.id, user: ADA, view }]);
  });
});

describe('GET /api/executions/NAME and /api/exchanges/ID', () => {
  it('have the course of a change that waits, and what Slack was told, without secrets', async () => {
    await guard.held({ name: 'course-and-traffic' });
    const { executions, slack } = (await ask('/api/state')).body;
    const waiting = executions.find(({ currentState }: ExecutionState) => currentState === 'RequestApproval');
    const course = (await ask(`/api/executions/${waiting.name}`)).body;
    expect(course.steps.map(({ name }: StepState) => name)).toEqual(waiting.path);
    expect(course.steps.at(-1)).toMatchObject({ leftAt: null, tries: [{ endedAt: null, error: null }] });
    const posted = slack.exchanges.find(({ what }: ExchangeSummary) => what === 'chat.postMessage');
    const said = (await ask(`/api/exchanges/${posted.id}`)).body;
    expect(said).toMatchObject({ ...posted, headers: { authorization: '***' }, answer: {} });
    const told = JSON.stringify([course, said, slack.exchanges]);
    expect(told).not.toContain(guard.sandbox.slack.secret.botToken);
    expect(told).toContain('"taskToken\\":\\"***\\"');
  });

  it.each(['/api/executions/nobody', '/api/exchanges/4711', '/api/exchanges/none'])(
    '%s is not there',
    async (path) => {
      expect(await ask(path)).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    },
  );
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
    ['an unknown caller', { ...CREATE, caller: 'mallory' }, 'developer, margaret, deployer, dana'],
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

describe('/api/faults', () => {
  const set = async (faults: object) => (await ask('/api/faults', faults)).body as unknown as FaultValues;
  const now = () => ask('/api/faults');

  it('sets what it names, leaves the rest, and answers with both', async () => {
    const before = await set({ cloudTrailDelayMs: 20 });
    expect(before).toEqual({ ...NO_FAULTS, cloudTrailDelayMs: 20 });
    expect(await set({ slack: 'down' })).toEqual({ ...before, slack: 'down' });
    expect(await set({ slackLookups: 'down', slack: 'up' })).toEqual({ ...before, slackLookups: 'down' });
    expect(await set({ slackLookups: 'up' })).toEqual(before);
  });

  it.each(FAULT_NAMES)('%s: goes on and off, and is in the state', async (name) => {
    const before = (await now()).body as unknown as FaultValues;
    const fault: Fault = FAULTS[name];
    const other = fault.kind === 'amount' ? fault.least + 1 : 'down';
    await set({ [name]: other });
    expect((await ask('/api/state')).body.faults).toEqual({ ...before, [name]: other });
    expect(await set({ [name]: before[name] })).toEqual(before);
  });

  it('says what the smallest amount is, and why', async () => {
    const { status, body } = await ask('/api/faults', { dataLimitBytes: 3_000 });
    expect(status).toBe(400);
    expect((body.error as { message: string }).message).toMatch(
      /dataLimitBytes: must be a whole number from 16,384 to 262,144 bytes: an ordinary change takes/,
    );
  });

  it('names everything that it refuses, and sets nothing of it', async () => {
    const before = (await now()).body;
    const wrong = { slack: 'sideways', cloudTrailDelayMs: -1, iamLagMs: 1e9, moon: 'full', events: 'down' };
    const { status, body } = await ask('/api/faults', wrong);
    expect(status).toBe(400);
    const { message } = body.error as { message: string };
    for (const name of ['slack', 'cloudTrailDelayMs', 'iamLagMs', 'moon']) expect(message).toContain(name);
    expect((await now()).body).toEqual(before);
  });
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
    ['a modal that is not open to be closed', '/views/close', { user: ADA, view_id: 'V0' }],
    ['a click in a view that is not there', '/actions', { user: ADA, view_id: 'V0', action_id: 'approve' }],
    ['the home of a bot', '/home', { user: 'U0BOTBOTX' }],
  ])('answers 404 for %s', async (_, path, body) => {
    expect((await ask(`/api/slack${path}`, body)).status).toBe(404);
  });

  it.each([
    ['/actions', { user: ADA, channel: 'C0SECURITY', ts: '1.2' }],
    ['/actions', { user: ADA, channel: 'C0SECURITY', ts: '1.2', action_id: 'approve', force: true }],
    ['/actions', { user: ADA, channel: 'C0SECURITY', ts: '1.2', view_id: 'V0', action_id: 'approve' }],
    ['/commands', { user: ADA, command: 'policy-guard' }],
    ['/home', {}],
    ['/views/close', { user: ADA }],
    ['/views', { user: ADA, view_id: 'V0', values: 'approve' }],
  ])('answers 400 for what it cannot understand: %s', async (path, body) => {
    expect((await ask(`/api/slack${path}`, body)).status).toBe(400);
  });
});

describe('POST /api/slack/home', () => {
  it('answers with the home as it is then', async () => {
    const { status, body } = await ask('/api/slack/home', { user: GRACE });
    const { homes } = (await ask('/api/state')).body.slack;
    expect(status).toBe(200);
    expect(body.view).toEqual(homes.find(({ user }: ViewState) => user === GRACE) ?? null);
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
