import { expect, test, vi } from 'vitest';
import type { RequestState, SandboxState } from '../../infra/sandbox/api/contract.ts';
import { DATA_LIMIT_BYTES, type FaultValues } from '../../infra/sandbox/faults/table.ts';
import { GENEROUS_MS } from '../support/generous.ts';
import { BAD, type GuardedSandbox, HARMLESS, startGuardedSandbox } from '../support/guarded-sandbox.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** One way to bring a grant into force, by one name for all that it makes. */
interface Kind {
  /** Calls of IAM, by somebody whose clock is right. */
  prepare?(name: string): Call;
  make(name: string): Call;
  /** What the account really grants there, whatever reads of IAM show; missing where nothing does. */
  granted(state: SandboxState, name: string): string | undefined;
  /** What it grants while the change is in force. */
  document: string;
}

type Call = [operation: string, parameters: object];

const arn = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;
const createPolicy = (PolicyName: string, PolicyDocument: string): Call => [
  'CreatePolicy',
  { PolicyName, PolicyDocument },
];
const createUser = (UserName: string): Call => ['CreateUser', { UserName }];

function versionInForce({ policies }: SandboxState, name: string): string | undefined {
  return policies.find((one) => one.arn === arn(name))?.versions.find(({ isDefault }) => isDefault)?.document;
}

const holderOf = ({ entities }: SandboxState, name: string) => entities.find((one) => one.name === name);

const KINDS: Readonly<Record<string, Kind>> = {
  'a new policy': {
    make: (name) => createPolicy(name, BAD),
    granted: versionInForce,
    document: BAD,
  },
  'a version': {
    prepare: (name) => createPolicy(name, HARMLESS),
    make: (name) => [
      'CreatePolicyVersion',
      { PolicyArn: arn(name), PolicyDocument: BAD, SetAsDefault: true },
    ],
    granted: versionInForce,
    document: BAD,
  },
  'an inline policy': {
    prepare: createUser,
    make: (UserName) => ['PutUserPolicy', { UserName, PolicyName: 'inline', PolicyDocument: BAD }],
    granted: (state, name) => holderOf(state, name)?.inlinePolicies[0]?.document,
    document: BAD,
  },
  'an attachment': {
    prepare: createUser,
    make: (UserName) => ['AttachUserPolicy', { UserName, PolicyArn: ADMINISTRATOR }],
    granted: (state, name) => holderOf(state, name)?.attachedPolicies[0],
    document: ADMINISTRATOR,
  },
};

function isAbout({ policyArn, change: { target } }: RequestState, name: string): boolean {
  return policyArn === arn(name) || ('entityName' in target && target.entityName === name);
}

const ALONE: Readonly<Record<string, Partial<FaultValues>>> = {
  // Waits are hurried here: what outlasts IAM's three seconds in the state machine outlasts one of them.
  'reads of IAM lag by up to a second': { iamLagMs: 1_000 },
  'IAM throttles': { iamCallsPerSecond: 2 },
  'CloudTrail is late, and out of order': { cloudTrailDelayMs: 200, cloudTrailSpreadMs: 3_000 },
  'functions start cold': { coldStartMs: 700 },
  'states hold half as much': { dataLimitBytes: DATA_LIMIT_BYTES / 2 },
  // Slack's signatures hold for five minutes; those of the future do not.
  'the functions’ clocks are four minutes ahead': { clockAheadMs: -240_000 },
};
const EDGES = {
  ...ALONE,
  'all of these at once': Object.assign({}, ...Object.values(ALONE)) as Partial<FaultValues>,
};

/** Each kind twice: one is approved, the other denied. */
const GRANTS = Object.entries(KINDS).flatMap(([title, kind], index) =>
  (['approve', 'deny'] as const).map((decide) => ({ ...kind, title, decide, name: `${decide}-${index}` })),
);

const isFirst = (request: RequestState) => isAbout(request, 'approve-0');

/** What the guard has put there and should be gone after an approval: versions and inline policies. */
function strayIn(state: SandboxState): string[] {
  const isApproved = ({ name }: { name: string }) => name.startsWith('approve');
  const versions = state.policies.filter(isApproved).flatMap((policy) => policy.versions);
  const inline = state.entities.filter(isApproved).flatMap((entity) => entity.inlinePolicies);
  return [...versions, ...inline]
    .map(({ document }) => document)
    .filter((document) => document !== BAD && document !== HARMLESS);
}

/** A sandbox in which this goes wrong, and in which somebody has made each grant. */
async function withGrants(faults: Partial<FaultValues>) {
  const guard = await startGuardedSandbox({}, {}, { hurryMs: 500 });
  /** Tried again by whoever makes the call, where the functions' own calls have used up IAM's rate. */
  const call = ([operation, parameters]: Call) =>
    vi.waitFor(() => guard.post('/api/changes', { operation, parameters }), {
      timeout: GENEROUS_MS,
      interval: 500,
    });
  for (const { prepare, name } of GRANTS) if (prepare) await call(prepare(name));
  await guard.settled();
  await guard.post('/api/faults', faults);
  for (const { make, name } of GRANTS) await call(make(name));
  return guard;
}

const decide = (guard: GuardedSandbox, request: RequestState, decision: 'approve' | 'deny') =>
  decision === 'approve' ? guard.click(request, 'approve') : guard.deny(request);

/** What is in force of each grant that was decided, and what of each that waits. */
async function expectInForce(guard: GuardedSandbox, isDecided: boolean): Promise<void> {
  const state = await guard.state();
  for (const { granted, document, name, ...grant } of GRANTS) {
    const isInForce = granted(state, name) === document;
    expect(isInForce, `${grant.title}: ${name}`).toBe(isDecided && grant.decide === 'approve');
  }
}

async function expectDecided(guard: GuardedSandbox): Promise<void> {
  for (const { name, ...grant } of GRANTS) {
    const request = await guard.asked((one) => isAbout(one, name));
    await decide(guard, request, grant.decide);
    const outcome = grant.decide === 'approve' ? 'approved' : 'denied';
    expect(await guard.ended(request.id), grant.title).toMatchObject({ outcome });
  }
  await guard.settled();
  await expectInForce(guard, true);
}

test.concurrent.each(Object.entries(EDGES))('%s: each kind is contained and decided', async (_, faults) => {
  const guard = await withGrants(faults);
  for (const { name } of GRANTS) await guard.asked((one) => isAbout(one, name));
  // Where IAM throttles for longer than a step is tried, people are asked first, and it is tried on.
  await vi.waitFor(() => expectInForce(guard, false), { timeout: GENEROUS_MS, interval: 500 });
  await expectDecided(guard);
  const state = await guard.state();
  expect(strayIn(state)).toEqual([]);
  expect(state.requests).toHaveLength(GRANTS.length);
  await guard.stop();
});

test.concurrent.each([
  ['behind', 900_000],
  ['ahead', -900_000],
])(
  'with clocks a quarter of an hour %s each kind is contained, no click decides, and the right clock’s does',
  async (_, clockAheadMs) => {
    const guard = await withGrants({ clockAheadMs });
    for (const { name } of GRANTS) {
      const request = await guard.asked((one) => isAbout(one, name));
      // By the clock that told when the change was made, also where no answer had told it before.
      const recordedAfterMs = Date.parse(request.createdAt) - Date.parse(request.change.eventTime);
      expect(Math.abs(recordedAfterMs)).toBeLessThan(Math.abs(clockAheadMs) / 2);
      expect(await guard.click(request, 'approve')).toMatchObject({ ok: false, status: 401 });
    }
    await expectInForce(guard, false);
    await guard.post('/api/faults', { clockAheadMs: 0 });
    await guard.click(await guard.asked(isFirst), 'approve');
    // Read anew after the click, by who has signed by the other clock before.
    expect((await fetch(`${guard.sandbox.page}/api/state`)).status).toBe(200);
    await expectDecided(guard);
    await guard.stop();
  },
);
