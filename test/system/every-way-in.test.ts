import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  NoSuchEntityException,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import { type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const policy = (action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Any', Effect: 'Allow', Action: action, Resource: '*' }],
  });
const BAD = policy('s3:Delete*');
const HARMLESS = policy('s3:GetObject');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** One kind of change: how somebody makes it, and what IAM says is in force afterwards. */
interface Way {
  event: string;
  /** Makes the change on something new, after whatever has to be there before. */
  make(iam: IAMClient, name: string): Promise<void>;
  /** The restricted document in force, or undefined when nothing restricted is. */
  inForce(iam: IAMClient, name: string): Promise<string | undefined>;
}

const arnOf = (name: string) => `arn:aws:iam::123456789012:policy/${name}`;

async function defaultDocument(iam: IAMClient, arn: string): Promise<string | undefined> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: Policy?.DefaultVersionId }),
  );
  const document = decodeURIComponent(PolicyVersion?.Document ?? '');
  return document === BAD ? document : undefined;
}

async function inline(read: () => Promise<{ PolicyDocument?: string }>): Promise<string | undefined> {
  try {
    const document = decodeURIComponent((await read()).PolicyDocument ?? '');
    return document === BAD ? document : undefined;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}

const createHarmless = (iam: IAMClient, name: string) =>
  iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: HARMLESS }));
const managed = (iam: IAMClient, name: string) => defaultDocument(iam, arnOf(name));
const attached = (list: { AttachedPolicies?: { PolicyArn?: string }[] }) =>
  list.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === ADMINISTRATOR) ? BAD : undefined;

const WAYS: Way[] = [
  {
    event: 'CreatePolicy',
    make: async (iam, name) => {
      await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: BAD }));
    },
    inForce: managed,
  },
  {
    event: 'CreatePolicyVersion',
    make: async (iam, name) => {
      await createHarmless(iam, name);
      const input = { PolicyArn: arnOf(name), PolicyDocument: BAD, SetAsDefault: true };
      await iam.send(new CreatePolicyVersionCommand(input));
    },
    inForce: managed,
  },
  {
    event: 'SetDefaultPolicyVersion',
    make: async (iam, name) => {
      await createHarmless(iam, name);
      await iam.send(new CreatePolicyVersionCommand({ PolicyArn: arnOf(name), PolicyDocument: BAD }));
      await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: arnOf(name), VersionId: 'v2' }));
    },
    inForce: managed,
  },
  {
    event: 'PutUserPolicy',
    make: async (iam, name) => {
      await iam.send(new CreateUserCommand({ UserName: name }));
      await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'p', PolicyDocument: BAD }));
    },
    inForce: (iam, name) =>
      inline(() => iam.send(new GetUserPolicyCommand({ UserName: name, PolicyName: 'p' }))),
  },
  {
    event: 'PutGroupPolicy',
    make: async (iam, name) => {
      await iam.send(new CreateGroupCommand({ GroupName: name }));
      await iam.send(new PutGroupPolicyCommand({ GroupName: name, PolicyName: 'p', PolicyDocument: BAD }));
    },
    inForce: (iam, name) =>
      inline(() => iam.send(new GetGroupPolicyCommand({ GroupName: name, PolicyName: 'p' }))),
  },
  {
    event: 'PutRolePolicy',
    make: async (iam, name) => {
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }));
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'p', PolicyDocument: BAD }));
    },
    inForce: (iam, name) =>
      inline(() => iam.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: 'p' }))),
  },
  {
    event: 'AttachUserPolicy',
    make: async (iam, name) => {
      await iam.send(new CreateUserCommand({ UserName: name }));
      await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: ADMINISTRATOR }));
    },
    inForce: async (iam, name) =>
      attached(await iam.send(new ListAttachedUserPoliciesCommand({ UserName: name }))),
  },
  {
    event: 'AttachGroupPolicy',
    make: async (iam, name) => {
      await iam.send(new CreateGroupCommand({ GroupName: name }));
      await iam.send(new AttachGroupPolicyCommand({ GroupName: name, PolicyArn: ADMINISTRATOR }));
    },
    inForce: async (iam, name) =>
      attached(await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: name }))),
  },
  {
    event: 'AttachRolePolicy',
    make: async (iam, name) => {
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: TRUST }));
      await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: ADMINISTRATOR }));
    },
    inForce: async (iam, name) =>
      attached(await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }))),
  },
];

const NAME = 'somebody';

async function held(guard: GuardedSandbox, { event, make }: Way) {
  await make(guard.iam, NAME);
  return guard.asked(({ change }) => change.eventName === event);
}

describe.concurrent('every way in is caught, and', () => {
  test.each(WAYS)('$event is approved: the very same grant is in force again', (way) =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, way);
      expect(await way.inForce(guard.iam, NAME)).toBeUndefined();
      await guard.click(request, 'approve');
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
      expect(await way.inForce(guard.iam, NAME)).toBe(BAD);
    }),
  );

  test.each(WAYS)('$event is denied: it stays out of force', (way) =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, way);
      await guard.deny(request);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
      expect(await way.inForce(guard.iam, NAME)).toBeUndefined();
    }),
  );

  test.each(WAYS)('$event expires when nobody decides, and stays out of force', (way) =>
    withinSandbox({ REQUEST_TIMEOUT_SECONDS: '1' }, async (guard) => {
      await way.make(guard.iam, NAME);
      const request = await guard.until('the end of the request', ({ requests }) =>
        requests.find(({ change, outcome }) => outcome && change.eventName === way.event),
      );
      expect(request.outcome).toBe('expired');
      expect(await way.inForce(guard.iam, NAME)).toBeUndefined();
    }),
  );
});
