import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../infra/sandbox/aws/states/history.ts';
import { DATA_LIMIT_BYTES } from '../../infra/sandbox/faults/table.ts';
import { type Broken, breakableHandlers } from '../support/breakable.ts';
import { type FixtureEvent, fixtureEvent } from '../support/fixture-events.ts';
import { type GuardedSandbox, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { incompressible } from '../support/incompressible.ts';
import { noise } from '../support/noise.ts';

const HALF = DATA_LIMIT_BYTES / 2;
/** What IAM's API takes, and what CloudTrail leaves out of an event. Characters, bytes. */
const LONGEST_DOCUMENT = 131_072;
const LARGEST_PARAMETERS = 100 * 1024;

const ACCOUNT = '123456789012';
const ROLE = 'R'.repeat(64);
const POLICY = 'P'.repeat(128);
const SESSION = 'S'.repeat(64);
/** Four bytes as UTF-8. */
const WIDE = '𝒜';

/** Somebody with the longest names that there are. */
const LONGEST_REQUESTER = {
  userIdentity: {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLEEXAMPLE123:${SESSION}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${ROLE}/${SESSION}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
    sessionContext: {
      sessionIssuer: {
        ...{ type: 'Role', principalId: 'AROAEXAMPLEEXAMPLE123', accountId: ACCOUNT, userName: ROLE },
        arn: `arn:aws:iam::${ACCOUNT}:role/${'p/'.repeat(250)}${ROLE}`,
      },
      sourceIdentity: SESSION,
    },
  },
  userAgent: WIDE.repeat(256),
};

const bucket = (seed: number) => `arn:aws:s3:::${incompressible(400 + seed).slice(seed)}`;

/** Grants everything on long names under a long condition, denies as much, and is padded to so many characters. */
function worstDocument(characters: number, contents: number): string {
  const share = Math.floor((contents - 1_200) / 2);
  const names = Array.from({ length: Math.floor(share / 450) }, (_, index) => bucket(index));
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'S'.repeat(128), Effect: 'Allow', Action: '*', Resource: names },
        Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${'c'.repeat(500)}` } },
      },
      { Effect: 'Deny', Action: 's3:PutObject', Resource: names.map((name) => `${name}/*`) },
    ],
  });
  return document + noise(characters - document.length);
}

/** As much of it as an event may hold. */
function withinParameters(parameters: object, document: (characters: number) => string): string {
  let characters = LARGEST_PARAMETERS;
  const sizeOf = () =>
    Buffer.byteLength(JSON.stringify({ ...parameters, policyDocument: document(characters) }));
  while (sizeOf() > LARGEST_PARAMETERS) characters -= 1_000;
  return document(characters);
}

/** The largest input and output of each state that was entered, in bytes as UTF-8. */
function largestByState(guard: GuardedSandbox): Map<string, number> {
  const largest = new Map<string, number>();
  for (const { history } of guard.sandbox.executions()) {
    let state = '';
    for (const event of history) {
      state = enteredIn(event) ?? state;
      for (const [key, details] of Object.entries(event)) {
        if (!key.endsWith('EventDetails')) continue;
        const { input, output, parameters } = details as Record<string, unknown>;
        for (const text of [input, output, parameters]) {
          const bytes = typeof text === 'string' ? Buffer.byteLength(text) : 0;
          largest.set(state, Math.max(bytes, largest.get(state) ?? 0));
        }
      }
    }
  }
  return largest;
}

function enteredIn({ stateEnteredEventDetails: entered }: HistoryEvent): string | undefined {
  return entered?.name as string | undefined;
}

const tooLarge = (guard: GuardedSandbox, most: number) =>
  [...largestByState(guard)].filter(([, bytes]) => bytes >= most);

async function within(broken: Broken, play: (guard: GuardedSandbox) => Promise<void>): Promise<void> {
  const guard = await startGuardedSandbox(
    { RESTRICTED_ACTIONS: '@unseen,@broad' },
    breakableHandlers(broken),
    { hurryMs: 40 },
  );
  try {
    await play(guard);
  } finally {
    await guard.stop();
  }
}

/** A role that anybody may become, whose trust policy is padded. */
async function aRole(guard: GuardedSandbox): Promise<void> {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' },
    ],
  });
  await guard.post('/api/changes', {
    operation: 'CreateRole',
    parameters: { RoleName: ROLE, AssumeRolePolicyDocument: trust },
  });
  const role = guard.sandbox.iam.state.roles.get(ROLE.toLowerCase());
  if (role !== undefined) role.trustPolicy += noise(LONGEST_DOCUMENT - trust.length);
}

const inlineOf = (guard: GuardedSandbox) => guard.sandbox.iam.state.roles.get(ROLE.toLowerCase())?.inline;

/** Hands the event to the state machine, as EventBridge does. @returns the request */
async function ask(guard: GuardedSandbox, event: FixtureEvent) {
  guard.sandbox.redeliver(event);
  return guard.asked(() => true);
}

const putEvent = (policyDocument: string) =>
  fixtureEvent('put-role-policy', {
    ...LONGEST_REQUESTER,
    requestParameters: { roleName: ROLE, policyName: POLICY, policyDocument },
  });

const largestPut = () =>
  withinParameters({ roleName: ROLE, policyName: POLICY }, (characters) => worstDocument(characters, 10_000));

/** As long as a person can give one. */
const LONGEST_REASON = WIDE.repeat(250);

test('the largest inline policy of an event, denied with the longest reason', () =>
  within(new Map(), async (guard) => {
    await aRole(guard);
    const document = largestPut();
    inlineOf(guard)?.set(POLICY, document);
    const request = await ask(guard, putEvent(document));
    await guard.deny(request, undefined, LONGEST_REASON);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(tooLarge(guard, HALF)).toEqual([]);
  }));

test('the largest managed policy, which two hundred roles with the longest names hold, approved', () =>
  within(new Map(), async (guard) => {
    const { state } = guard.sandbox.iam;
    const arn = `arn:aws:iam::${ACCOUNT}:policy/${POLICY}`;
    await guard.create({ name: POLICY, document: worstDocument(LONGEST_DOCUMENT, 6_000) });
    await guard.asked(() => true);
    for (let index = 0; index < 200; index++) {
      const name = `${ROLE.slice(3)}${index}`.padStart(64, 'x');
      await guard.post('/api/changes', { operation: 'CreateUser', parameters: { UserName: name } });
      state.users.get(name.toLowerCase())?.attached.add(arn);
    }
    const PolicyDocument = worstDocument(LONGEST_DOCUMENT - 1_000, 6_100);
    await guard.post('/api/changes', {
      operation: 'CreatePolicyVersion',
      parameters: { PolicyArn: arn, PolicyDocument, SetAsDefault: true },
    });
    const request = await guard.asked(({ change }) => change.eventName === 'CreatePolicyVersion');
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(tooLarge(guard, HALF)).toEqual([]);
  }));

test('the event that could not be inspected travels as it is, with room for all that goes along', () =>
  within(new Map([['inspect', 'Lambda.Unknown']]), async (guard) => {
    await aRole(guard);
    const document = largestPut();
    inlineOf(guard)?.set(POLICY, document);
    const event = putEvent(document);
    const request = await ask(guard, event);
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    const most = Buffer.byteLength(JSON.stringify(event)) + HALF / 2;
    expect(most).toBeLessThan(DATA_LIMIT_BYTES * 0.75);
    expect(tooLarge(guard, most)).toEqual([]);
  }));
