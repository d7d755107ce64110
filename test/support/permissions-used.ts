import { basename } from 'node:path';
import { afterAll, type RunnerTask } from 'vitest';
import type { Sandbox } from '../../infra/sandbox/sandbox.ts';

/** A user's permission stands for a group's and a role's: the entity is a parameter of the code that needs it. */
const forEach = (permission: string): string[] =>
  ['User', 'Group', 'Role'].map((entity) => permission.replaceAll('User', entity));
const of = (name: string, permissions: readonly string[]) => permissions.map((each) => `${name} ${each}`);

const INLINE_POLICY = 'ReadUsers iam:GetUserPolicy';
const ATTACHED_POLICIES = 'LookAtAttachments iam:ListAttachedUserPolicies';

/**
 * What no usual day needs, as function, statement and action, by the system test that does: it fails once it needs
 * that no more.
 */
const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  'padded.test.ts': [
    ...of('inspect', [INLINE_POLICY, 'ReadAccount iam:GetAccountAuthorizationDetails']),
    'contain ReadAccount iam:GetAccountAuthorizationDetails',
  ],
  // The inventory follows events once a first sweep has taken stock.
  'before.test.ts': of('inspect', [
    ATTACHED_POLICIES,
    ...['PutItem', 'DeleteItem'].map((call) => `KeepInventory dynamodb:${call}`),
  ]),
  'renamed.test.ts': ['inspect KeepNames dynamodb:PutItem'],
  'many-at-once.test.ts': ['slack DecideInBackground lambda:InvokeFunction'],
  'attacks.test.ts': ['notify ReadInformed dynamodb:Query'],
  'runbook.test.ts': ['notify ListRequests dynamodb:Query'],
  'the-whole-story.test.ts': ['slack ReadStory dynamodb:Query'],
  'pleasant-to-decide-in.test.ts': ['slack ReadHistory dynamodb:Query'],
  'the-right-people-decide.test.ts': ['email DeliverDecision states:SendTaskFailure'],
  'install.test.ts': [
    'install ReadSecrets secretsmanager:GetSecretValue',
    'install KeepToken secretsmanager:PutSecretValue',
  ],
  'found-by-the-sweep.test.ts': [
    'slack AskAboutGrants dynamodb:UpdateItem',
    // The sweep reads directly what an event has not told of.
    ...of('reconcile', [
      ...['GetPolicy', 'GetPolicyVersion'].map((each) => `ReadPolicies iam:${each}`),
      'ReadAttachments iam:ListEntitiesForPolicy',
      'ReadUsers iam:GetUser',
      INLINE_POLICY,
      ATTACHED_POLICIES,
    ]),
  ],
  'confirmed-by-cloudtrail.test.ts': of('reconcile', [
    'ReadHistory dynamodb:Query',
    'DeliverDecision states:SendTaskSuccess',
  ]),
  'it-always-finds-back.test.ts': of('reconcile', [
    'ReadTogether dynamodb:BatchGetItem',
    'StartExecutions states:StartExecution',
    'LookAtExecutions states:DescribeExecution',
    'DeliverDecision states:SendTaskFailure',
  ]),
};

/** All that is needed on days that are told elsewhere than in `roles.test.ts`. */
export const NEEDED_ELSEWHERE = Object.values(NEEDED_BY).flat().flatMap(forEach);

const sandboxes: Pick<Sandbox, 'permissions'>[] = [];

/** Counts what the functions of this sandbox use for what the file's tests are there to use. */
export function countPermissions(sandbox: Pick<Sandbox, 'permissions'>): void {
  sandboxes.push(sandbox);
}

/** @returns what the functions of a sandbox used of what they may, as function, statement and action */
export function permissionsUsed({ permissions }: Pick<Sandbox, 'permissions'>): string[] {
  return permissions.used().map(({ roleArn, sid, action }) => {
    const name = roleArn.split('/policy-guard-').at(-1);
    return `${name} ${sid} ${action}`;
  });
}

const hasPassed = (task: RunnerTask): boolean =>
  task.type === 'suite' ? task.tasks.every(hasPassed) : task.result?.state === 'pass';

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what it should hand in.
afterAll(({}, file) => {
  // Who runs one test of a file by its title asks nothing of the others.
  if (!file.tasks.every(hasPassed)) return;
  const used = new Set(sandboxes.flatMap(permissionsUsed));
  const missing = (NEEDED_BY[basename(file.file.filepath)] ?? []).filter(
    (permission) => !used.has(permission),
  );
  if (missing.length > 0)
    throw new Error(`These tests need no more what they alone did: ${missing.join(', ')}.`);
});

const meant = new WeakSet<Pick<Sandbox, 'permissions'>>();

/** Roles are refused things in this sandbox on purpose; anywhere else that fails the file. */
export function refusesOnPurpose(sandbox: Pick<Sandbox, 'permissions'>): void {
  meant.add(sandbox);
}

afterAll(() => {
  const refused = sandboxes
    .filter((sandbox) => !meant.has(sandbox))
    .flatMap(({ permissions }) => permissions.refused())
    .map(
      ({ roleArn, action, resource }) => `${roleArn.split('/policy-guard-').at(-1)} ${action} on ${resource}`,
    );
  if (refused.length > 0)
    throw new Error(`The roles of functions lack what they need: ${refused.join(', ')}.`);
});
