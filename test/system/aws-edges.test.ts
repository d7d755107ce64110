import { describe, expect, test } from 'vitest';
import type { RequestState, SandboxState } from '../../infra/sandbox/api/contract.ts';
import { DATA_LIMIT_BYTES, type FaultValues } from '../../infra/sandbox/faults/table.ts';
import { BAD, HARMLESS, startGuardedSandbox } from '../support/guarded-sandbox.ts';

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

const EDGES: Readonly<Record<string, Partial<FaultValues>>> = {
  // Waits are hurried here: what outlasts IAM's three seconds in the state machine outlasts one of them.
  'reads of IAM lag by up to a second': { iamLagMs: 1_000 },
  'IAM throttles': { iamCallsPerSecond: 2 },
  'CloudTrail is late, and out of order': { cloudTrailDelayMs: 200, cloudTrailSpreadMs: 3_000 },
  'functions start cold': { coldStartMs: 700 },
  'states hold half as much': { dataLimitBytes: DATA_LIMIT_BYTES / 2 },
};

const NAMES = ['approve', 'deny'] as const;

/** What the guard has put there and should be gone after an approval: versions and inline policies. */
function strayIn(state: SandboxState): string[] {
  const versions = state.policies
    .filter(({ name }) => name === 'approve')
    .flatMap((policy) => policy.versions.map((version) => version.document));
  const inline = (holderOf(state, 'approve')?.inlinePolicies ?? []).map(({ document }) => document);
  return [...versions, ...inline].filter((document) => document !== BAD && document !== HARMLESS);
}

describe.each(Object.entries(EDGES))('%s', (_, faults) => {
  test.concurrent.each(Object.entries(KINDS))('%s', async (_, kind) => {
    const guard = await startGuardedSandbox({}, {}, { hurryMs: 500 });
    const call = ([operation, parameters]: Call) => guard.post('/api/changes', { operation, parameters });
    for (const name of NAMES) if (kind.prepare) await call(kind.prepare(name));
    await guard.settled();
    await guard.post('/api/faults', faults);
    for (const name of NAMES) {
      await call(kind.make(name));
      const request = await guard.asked((one) => isAbout(one, name));
      expect(kind.granted(await guard.state(), name)).not.toBe(kind.document);
      await (name === 'approve' ? guard.click(request, 'approve') : guard.deny(request));
      const outcome = name === 'approve' ? 'approved' : 'denied';
      expect(await guard.ended(request.id)).toMatchObject({ outcome });
    }
    await guard.settled();
    const state = await guard.state();
    expect(kind.granted(state, 'approve')).toBe(kind.document);
    expect(kind.granted(state, 'deny')).not.toBe(kind.document);
    expect(strayIn(state)).toEqual([]);
    expect(state.requests).toHaveLength(NAMES.length);
    await guard.stop();
  });
});
