import * as iam from '@aws-sdk/client-iam';
import {
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { ON_THEIR_OWN } from '../../bot/notices/informed/inform.ts';
import type { RequestState, SandboxState } from '../../infra/sandbox/api/contract.ts';
import { PLACEHOLDER } from '../../workflow/containment/placeholder.ts';
import { eventOf, start } from '../support/forged-events.ts';
import { ADA, type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const ACCOUNT = '123456789012';
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/${name}`;
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
const deny = (Action: string, Resource = '*') => ({ Effect: 'Deny', Action, Resource });
const BAD = policy(allow('s3:DeleteBucket'));
const HARMLESS = policy(allow('s3:ListBucket'), deny('iam:*'));
const trust = (account: string) =>
  policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' });

const holder = (state: SandboxState, name: string) => state.entities.find((each) => each.name === name);

const inForceIn = ({ policies }: SandboxState, name: string) =>
  policies.find((each) => each.name === name)?.versions.find(({ isDefault }) => isDefault)?.document;

/** An event of IAM, as anybody can write it who may start an execution. */
function forged(eventName: string, requestParameters: object, changes: object = {}, account = ACCOUNT) {
  const { detail, ...envelope } = eventOf(arnOf('x'), 'eve');
  return {
    ...{ ...envelope, account },
    detail: {
      ...{ ...detail, recipientAccountId: account, eventName, requestParameters, responseElements: null },
      ...changes,
    },
  };
}

/** What an attacker and those who decide do in one sandbox. */
function handsIn(guard: GuardedSandbox) {
  let count = 0;
  const newName = () => `attack-${++count}`;
  return {
    guard,
    newName,
    /** A request about whatever has one of these names, once it is asked about. */
    asked: (...names: string[]) =>
      guard.asked(({ change }) => names.every((name) => JSON.stringify(change.target).includes(name))),
    approve: async (request: RequestState) => {
      await guard.click(request, 'approve', ADA);
      return guard.ended(request.id);
    },
    newUser: async (): Promise<string> => {
      const UserName = newName();
      await guard.iam.send(new iam.CreateUserCommand({ UserName }));
      return UserName;
    },
    put: (UserName: string, PolicyDocument: string, PolicyName = 'grant') =>
      guard.iam.send(new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    create: (PolicyName: string, PolicyDocument: string) =>
      guard.iam.send(new iam.CreatePolicyCommand({ PolicyName, PolicyDocument })),
    addVersion: (name: string, PolicyDocument: string, SetAsDefault = false) =>
      guard.iam.send(
        new iam.CreatePolicyVersionCommand({ PolicyArn: arnOf(name), PolicyDocument, SetAsDefault }),
      ),
    inForce: async (name: string) => inForceIn(await guard.state(), name),
    told: (text: string) =>
      guard.until(text, ({ slack }) => slack.messages.find((each) => JSON.stringify(each).includes(text))),
    /** Starts an execution and waits for its end. */
    play: async (event: object) => {
      const arn = await start(guard, event);
      return guard.until('the end of an execution', ({ executions }) =>
        executions.find((each) => each.arn === arn && each.status !== 'RUNNING'),
      );
    },
  };
}

type Hands = ReturnType<typeof handsIn>;

/** An attack in a sandbox of its own, beside others: most of it is waiting. The guard fails nowhere on the way. */
const attack = (
  title: string,
  play: (hands: Hands) => Promise<void>,
  environment: Record<string, string> = {},
) =>
  test(title, () =>
    withinSandbox(environment, async (guard) => {
      await play(handsIn(guard));
      const failures = guard.failures.map(String);
      expect(failures.filter((failure) => !/DecisionMissing|is not decided/.test(failure))).toEqual([]);
    }),
  );

describe.concurrent('whoever leaves no room', () => {
  attack(
    'by 6,144 characters has them taken out, their Denies left, and put back byte for byte',
    async ({ newName, asked, approve, create, inForce }) => {
      const name = newName();
      const fill = (size: number) =>
        policy(allow('s3:DeleteBucket'), deny('iam:*', `arn:aws:iam::${ACCOUNT}:user/${'a'.repeat(size)}`));
      const document = fill(6_144 - fill(0).length);
      await create(name, document);
      const request = await asked(`/${name}"`);
      const stands = await inForce(name);
      expect(stands).not.toContain('Allow');
      expect(stands).toContain('"Deny","Action":"iam:*"');
      expect(await approve(request)).toMatchObject({ outcome: 'approved' });
      expect(await inForce(name)).toBe(document);
    },
  );

  attack(
    'by five bad versions, the placeholder deleted, has them taken out all the same',
    async ({ guard, newName, asked, create, addVersion, inForce }) => {
      const name = newName();
      await create(name, BAD);
      await asked(`/${name}"`);
      await guard.settled();
      const versions = ['b', 'c', 'd', 'e'].map((bucket) =>
        policy(allow('s3:DeleteBucket'), deny('none:null', `arn:aws:s3:::${bucket}`)),
      );
      for (const document of versions.slice(0, 3)) await addVersion(name, document);
      await guard.iam.send(
        new iam.SetDefaultPolicyVersionCommand({ PolicyArn: arnOf(name), VersionId: 'v3' }),
      );
      await guard.iam.send(new iam.DeletePolicyVersionCommand({ PolicyArn: arnOf(name), VersionId: 'v2' }));
      await addVersion(name, versions[3] ?? '');
      await guard.until('out of force', (state) =>
        inForceIn(state, name)?.includes('Allow') ? undefined : true,
      );
      await guard.settled();
      expect(await inForce(name)).not.toContain('Allow');
    },
  );
});

describe.concurrent('whoever tells of put-backs that never were, in another’s name', () => {
  attack(
    'has nobody named for them, and no version deleted',
    async ({ guard, newName, asked, create, play }) => {
      const name = newName();
      await create(name, BAD);
      await asked(`/${name}"`);
      for (let times = 0; times < 3; times++) {
        const names = { policyArn: arnOf(name), versionId: 'v1' };
        expect(await play(forged('SetDefaultPolicyVersion', names))).toMatchObject({ outcome: 'duplicate' });
      }
      const { policies, slack } = await guard.state();
      expect(policies.find((each) => each.name === name)?.versions).toHaveLength(2);
      const about = slack.messages.filter((each) => JSON.stringify(each).includes(`${name}, version v1`));
      expect(about.filter(({ text }) => text.includes('put back'))).toEqual([]);
    },
  );

  attack(
    'and names more makers than are kept, has it open to no approval, and to every denial',
    async ({ guard, newName }) => {
      const request = await guard.held({ name: newName() });
      const makers = Array.from({ length: 21 }, (_, index) => `maker-${index}`);
      await Promise.all(makers.map((maker) => start(guard, eventOf(request.policyArn ?? '', maker))));
      await guard.until('one name more than are kept', ({ requests }) =>
        requests.find(({ id, overnamedBy }) => id === request.id && overnamedBy !== undefined),
      );
      expect((await guard.click(request, 'approve', ADA)).ephemeral).toHaveLength(1);
      expect(await guard.isInForce(request)).toBe(false);
      await guard.deny(request);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    },
  );
});

describe.concurrent('whoever changes the principal while it waits', () => {
  attack(
    'of a policy that a group and a role have, by joining the one or opening the other, has it asked about anew',
    async ({ guard, newName, asked, approve }) => {
      const [PolicyName, GroupName, RoleName, UserName] = [newName(), newName(), newName(), newName()];
      const { Policy } = await guard.iam.send(
        new iam.CreatePolicyCommand({ PolicyName, PolicyDocument: HARMLESS }),
      );
      const PolicyArn = Policy?.Arn;
      await guard.iam.send(new iam.CreateGroupCommand({ GroupName }));
      await guard.iam.send(new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn }));
      await guard.iam.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(ACCOUNT) }));
      await guard.iam.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }));
      await guard.settled();
      await guard.iam.send(
        new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: BAD, SetAsDefault: true }),
      );
      const first = await asked(`:policy/${PolicyName}"`);
      await guard.iam.send(new iam.CreateUserCommand({ UserName }));
      await guard.iam.send(new iam.AddUserToGroupCommand({ GroupName, UserName }));
      expect(await approve(first)).toMatchObject({ outcome: 'superseded' });
      const isNext = ({ id, policyArn }: RequestState) => id !== first.id && policyArn === PolicyArn;
      const second = await guard.asked(isNext);
      const members = { count: 1, first: [`user/${UserName}`] };
      expect(second.surroundings?.holders).toContainEqual({ name: `group/${GroupName}`, members });
      await guard.iam.send(
        new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('999999999999') }),
      );
      expect(await approve(second)).toMatchObject({ outcome: 'superseded' });
      const { slack } = await guard.state();
      const told = JSON.stringify(slack.messages);
      expect(told).toContain(`user/${UserName} of group/${GroupName}`);
      expect(told).toContain(`whoever may become role/${RoleName}`);
    },
  );

  attack(
    'by wider trust has it asked about anew, and the third time only when an approver opens it',
    async ({ guard, newName, asked, approve }) => {
      const RoleName = newName();
      const widen = (account: string) =>
        guard.iam.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust(account) }));
      await guard.iam.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(ACCOUNT) }));
      await guard.iam.send(
        new iam.PutRolePolicyCommand({ RoleName, PolicyName: 'grant', PolicyDocument: BAD }),
      );
      let request = await asked(`"${RoleName}"`);
      for (const account of ['999999999999', '888888888888']) {
        await widen(account);
        const ended = await approve(request);
        expect(ended).toMatchObject({ outcome: 'superseded' });
        if (account === '888888888888') break;
        const before = request.id;
        request = await guard.asked(
          ({ id, change }) => id !== before && JSON.stringify(change.target).includes(RoleName),
        );
      }
      await guard.settled();
      const { requests } = await guard.state();
      const about = requests.filter(({ change }) => JSON.stringify(change.target).includes(RoleName));
      expect(about).toHaveLength(2);
      expect(JSON.stringify((await guard.state()).slack.messages)).toContain(
        `/policy-guard resume ${request.id}`,
      );
      expect(holder(await guard.state(), RoleName)?.inlinePolicies[0]?.document).toBe(PLACEHOLDER);
    },
  );

  attack(
    'by attaching a policy under review is detached, and asked about by themselves',
    async ({ guard, newName, asked, approve, newUser, create }) => {
      const name = newName();
      await create(name, BAD);
      const request = await asked(`/${name}"`);
      const user = await newUser();
      await guard.iam.send(new iam.AttachUserPolicyCommand({ UserName: user, PolicyArn: arnOf(name) }));
      await asked(`/${name}"`, `"${user}"`);
      const said = await guard.until('the message about the newcomer', ({ slack }) =>
        slack.messages.find(({ blocks, threadTs }) => !threadTs && JSON.stringify(blocks).includes(user)),
      );
      // Nobody has held it for a moment.
      expect(JSON.stringify(said.blocks)).toContain(`, once request ${request.id} is approved`);
      expect(JSON.stringify(said.blocks)).not.toContain('in force for');
      expect(await approve(request)).toMatchObject({ outcome: 'approved' });
      expect(holder(await guard.state(), user)?.attachedPolicies).toEqual([]);
    },
  );
});

describe.concurrent('whoever has the guard act on what is another’s', () => {
  attack(
    'by an event of another account detaches nothing, readable or not',
    async ({ guard, asked, approve, newUser, told, play }) => {
      const user = await newUser();
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await guard.iam.send(new iam.AttachUserPolicyCommand({ UserName: user, PolicyArn }));
      await approve(await asked(`"${user}"`));
      const theirs = { userName: user, policyArn: PolicyArn };
      const readable = forged('AttachUserPolicy', theirs, {}, '210987654321');
      const unreadable = forged('AttachUserPolicy', { reason: 'x', omitted: 'true' }, {}, '210987654321');
      for (const event of [readable, unreadable]) {
        expect(await play(event)).toMatchObject({ status: 'SUCCEEDED', outcome: 'foreign' });
      }
      expect(holder(await guard.state(), user)?.attachedPolicies).toHaveLength(1);
      await told('An event of an account that is not guarded was refused');
    },
  );

  attack(
    'by a document that was never there deletes no Deny of anybody',
    async ({ guard, newName, newUser, put, create, inForce, play }) => {
      const user = await newUser();
      await put(user, HARMLESS);
      await guard.settled();
      const { outcome } = await play(
        forged('PutUserPolicy', { userName: user, policyName: 'grant', policyDocument: BAD }),
      );
      expect(outcome).toBe('superseded');
      expect(holder(await guard.state(), user)?.inlinePolicies[0]?.document).toBe(HARMLESS);
      const name = newName();
      await create(name, HARMLESS);
      await guard.settled();
      await play(
        forged(
          'CreatePolicyVersion',
          { policyArn: arnOf(name), policyDocument: BAD, setAsDefault: true },
          {
            responseElements: { policyVersion: { versionId: 'v1', isDefaultVersion: true } },
          },
        ),
      );
      expect(await inForce(name)).toBe(HARMLESS);
    },
  );

  attack(
    'by naming a padded event after another’s policy changes nothing',
    async ({ guard, newUser, put, play }) => {
      const user = await newUser();
      await put(user, HARMLESS);
      await guard.settled();
      const event = forged('PutUserPolicy', {
        reason: 'requestParameters too large',
        omitted: 'true',
        originalSize: '120000',
      });
      const { outcome } = await play({ ...event, padded: { userName: user, policyName: 'grant' } });
      expect(outcome).toBe('allowed');
      expect(holder(await guard.state(), user)?.inlinePolicies[0]?.document).toBe(HARMLESS);
    },
  );

  attack('by AWS’s own roles is told where to change them, and nothing fails', async ({ guard, play }) => {
    const { entities } = await guard.state();
    const role = entities.find(({ name }) => name.startsWith('AWSReservedSSO_'))?.name ?? '';
    const event = forged(
      'AttachRolePolicy',
      { roleName: role, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      {
        userIdentity: {
          ...{ type: 'AssumedRole', accountId: ACCOUNT, invokedBy: 'sso.amazonaws.com' },
          arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForSSO/SSO-Provisioning`,
          sessionContext: {
            sessionIssuer: {
              ...{ type: 'Role', accountId: ACCOUNT, userName: 'AWSServiceRoleForSSO' },
              arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO`,
            },
          },
        },
      },
    );
    expect(await play(event)).toMatchObject({ status: 'SUCCEEDED', outcome: 'aws-managed' });
  });
});

describe.concurrent('whoever stops or decides by hand', () => {
  const sfn = (guard: GuardedSandbox) => {
    const credentials = guard.sandbox.callers[0]?.credentials;
    return new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  };

  attack(
    'has nothing from a task token: what the ledger does not hold is not put back',
    async ({ guard, newName, asked, approve, create, inForce }) => {
      const name = newName();
      await create(name, BAD);
      const request = await asked(`/${name}"`);
      const { events = [] } = await sfn(guard).send(
        new GetExecutionHistoryCommand({ executionArn: request.executionArn, maxResults: 1000 }),
      );
      const [, taskToken = ''] = /"taskToken\\?":\\?"([^"\\]+)/.exec(JSON.stringify(events)) ?? [];
      expect(taskToken).not.toBe('');
      await sfn(guard).send(
        new SendTaskSuccessCommand({ taskToken, output: '{"decision":{"decision":"approved"}}' }),
      );
      await guard.until('a failed try', ({ executions }) =>
        executions.find(({ arn, path }) => arn === request.executionArn && path.includes('Restore')),
      );
      expect(await inForce(name)).not.toContain('Allow');
      await sfn(guard).send(new StopExecutionCommand({ executionArn: request.executionArn }));
      await guard.post('/api/reconcile', {});
      const taken = await guard.until('a new execution', ({ requests }) =>
        requests.find(({ id, executionArn }) => id === request.id && executionArn !== request.executionArn),
      );
      expect(taken.status).toBe('pending');
      expect(await inForce(name)).not.toContain('Allow');
      await guard.until('that it waits', ({ executions }) =>
        executions.find(
          ({ arn, currentState }) => arn === taken.executionArn && currentState === 'RequestApproval',
        ),
      );
      expect(await approve(taken)).toMatchObject({ outcome: 'approved' });
    },
  );
});

describe.concurrent('what is told and what it costs', () => {
  attack(
    'an approval that has no room any more stands, says so, and is carried out when there is room',
    async ({ guard, asked, approve, newUser, put }) => {
      const user = await newUser();
      const long = policy({ ...allow('s3:DeleteBucket'), Resource: `arn:aws:s3:::${'b'.repeat(500)}` });
      await put(user, long);
      const request = await asked(`"${user}"`);
      const filler = (characters: number) =>
        policy(deny('none:null', `arn:aws:s3:::${'a'.repeat(characters)}`));
      const stands = holder(await guard.state(), user)?.inlinePolicies[0]?.document ?? '';
      await put(user, filler(2_048 - stands.length - filler(0).length), 'others');
      expect(await approve(request)).toMatchObject({ outcome: 'no-room' });
      expect(
        holder(await guard.state(), user)?.inlinePolicies.find(({ name }) => name === 'grant')?.document,
      ).toBe(stands);
      await guard.iam.send(new iam.DeleteUserPolicyCommand({ UserName: user, PolicyName: 'others' }));
      await guard.command(`resume ${request.id}`);
      await guard.post('/api/reconcile', {});
      await guard.until('that it is put back', (state) =>
        holder(state, user)?.inlinePolicies[0]?.document === long ? true : undefined,
      );
    },
  );

  attack(
    'whoever creates and deletes over and over is counted, and neither buries nor delays a request of somebody else',
    async ({ guard, create, newName, asked }) => {
      const many = Array.from({ length: 30 }, newName);
      for (const name of many) {
        await create(name, BAD);
        await guard.iam.send(new iam.DeletePolicyCommand({ PolicyArn: arnOf(name) }));
      }
      await create('honest', BAD);
      expect((await asked('/honest')).slack?.threadTs).toBeUndefined();
      await guard.until('that all were told', (state) =>
        state.audit.filter(({ detail }) => detail.startsWith('gone: ')).length === many.length
          ? true
          : undefined,
      );
      const { messages } = (await guard.state()).slack;
      const byThemselves = messages.filter(({ text }) => text.includes('Nobody was asked'));
      const counting = messages.filter(({ text }) => text.includes('ended before anybody was asked'));
      // What is told across the end of ten minutes is counted in two messages.
      expect(byThemselves.length).toBeLessThanOrEqual(2 * ON_THEIR_OWN);
      expect(counting.length === 1 || counting.length === 2).toBe(true);
      const counts = counting.map(({ text }) => Number.parseInt(text, 10));
      expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(many.length - ON_THEIR_OWN);
    },
    { SANDBOX_CLOUDTRAIL_DELAY_MS: '1000' },
  );

  attack('a hundred strangers at the door write nothing into the ledger', async ({ guard }) => {
    const before = (await guard.state()).audit.length;
    const paths = ['/slack/events', '/decide?request=pg-aaaaaaaaaa&decision=approved'];
    const ask = (path: string) =>
      fetch(`${guard.sandbox.page}${path}`, { method: 'POST', body: 'payload=%7B%7D' });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => ask(paths[index % 2] ?? '')));
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect((await guard.state()).audit).toHaveLength(before);
  });

  attack('what Slack pastes is checked as it was meant, zero-width spaces and all', async ({ guard }) => {
    const pasted = `\`\`\`${BAD.replace('s3:', 's3:\u200B')}\`\`\``;
    expect(JSON.stringify(await guard.command(`check ${pasted}`))).toContain('s3:DeleteBucket');
  });
});

attack(
  'what an attached policy denies is denied while it waits, and no longer once it is decided',
  async ({ guard, create, approve }) => {
    await create('both', policy(allow('s3:DeleteBucket'), deny('iam:*')));
    const created = await guard.asked(({ change }) => change.eventName === 'CreatePolicy');
    await approve(created);
    await guard.iam.send(new iam.CreateUserCommand({ UserName: 'u' }));
    await guard.iam.send(new iam.AttachUserPolicyCommand({ UserName: 'u', PolicyArn: arnOf('both') }));
    const attached = await guard.asked(({ change }) => change.eventName === 'AttachUserPolicy');
    const waits = holder(await guard.state(), 'u');
    expect(waits?.attachedPolicies).toEqual([]);
    expect(waits?.inlinePolicies).toMatchObject([
      { name: 'PolicyGuardDenies-both', document: expect.stringContaining('"Deny","Action":"iam:*"') },
    ]);
    await guard.deny(attached);
    expect(await guard.ended(attached.id)).toMatchObject({ outcome: 'denied' });
    expect(holder(await guard.state(), 'u')).toMatchObject({ attachedPolicies: [], inlinePolicies: [] });
  },
  { ATTACHMENTS: 'always-ask' },
);
