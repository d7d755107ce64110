import { randomUUID } from 'node:crypto';
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetGroupPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, start } from '../support/forged-events.ts';
import { ADA, type GuardedSandbox, granting, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { holdableHandlers } from '../support/holdable.ts';

/** Spaces and all: what is put back is these bytes. */
const GRANT = granting('s3:DeleteBucket').replace(':[', ' :  [');
const PolicyName = 'mine';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const { hold, handlers } = holdableHandlers();
let guard: GuardedSandbox;
let count = 0;

beforeAll(async () => {
  guard = await startGuardedSandbox({}, handlers, { hurryMs: 20 });
});
afterAll(() => guard.stop());

/** A name that nobody has. */
const aName = () => {
  count += 1;
  return `person-${count}`;
};

async function aUser(UserName = aName()): Promise<string> {
  await guard.iam.send(new CreateUserCommand({ UserName }));
  return UserName;
}

const put = (UserName: string, PolicyDocument = GRANT) =>
  guard.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
const rename = (UserName: string, NewUserName: string) =>
  guard.iam.send(new UpdateUserCommand({ UserName, NewUserName }));
const text = (UserName: string) => guard.inlineText({ UserName, PolicyName });
const inlineOf = async (UserName: string) =>
  (await guard.iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames;
const open = async () => (await guard.state()).requests.filter(({ outcome }) => !outcome);
const asked = (name: string) =>
  guard.asked(({ outcome, change }) => !outcome && JSON.stringify(change).includes(`"${name}"`));

/** An event as CloudTrail brings it, or as anybody can write it who may start an execution. */
function told(eventName: string, requestParameters: object): object {
  const { detail, ...envelope } = eventOf('arn:aws:iam::123456789012:policy/x', 'developer');
  return {
    ...envelope,
    detail: { ...detail, eventID: randomUUID(), eventName, requestParameters, responseElements: null },
  };
}

async function waiting(name: string): Promise<RequestState> {
  await put(name);
  return asked(name);
}

async function decided(request: RequestState, decision: 'approve' | 'deny') {
  if (decision === 'approve') await guard.click(request, 'approve', ADA);
  else await guard.deny(request, ADA);
  const ended = await guard.ended(request.id);
  await guard.settled();
  return ended;
}

describe('a grant whose user is renamed before it is taken out of force', () => {
  it('is taken out where the name is gone before anything was read, by the id that a sweep has seen', async () => {
    const [name, now] = [await aUser(), aName()];
    await guard.post('/api/reconcile', {});
    const held = hold('inspect');
    await put(name);
    await held.entered;
    await rename(name, now);
    held.release();
    const request = await asked(name);
    expect(await text(now)).not.toContain('s3:DeleteBucket');
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await text(now)).toBe(GRANT);
  });

  it('is taken out under the new name, also where another has the old one and holds the same', async () => {
    const [name, now] = [await aUser(), aName()];
    const held = hold('quarantine');
    await put(name);
    await held.entered;
    await rename(name, now);
    await aUser(name);
    await put(name);
    held.release();
    await guard.settled();
    expect(await text(now)).not.toContain('s3:DeleteBucket');
    expect(await text(name)).not.toContain('s3:DeleteBucket');
    for (const request of await open()) await decided(request, 'deny');
  });
});

describe('a grant whose user is renamed before anybody has seen it', () => {
  it('is taken out of no one whom a stranger says to have been renamed', async () => {
    const [name, innocent] = [aName(), await aUser()];
    await decided(await waiting(innocent), 'approve');
    await guard.post('/api/reconcile', {});
    await start(guard, told('UpdateUser', { userName: name, newUserName: innocent }));
    await guard.settled();
    const names = { userName: name, policyName: PolicyName, policyDocument: GRANT };
    await start(guard, told('PutUserPolicy', names));
    await guard.settled();
    expect(await text(innocent)).toBe(GRANT);
    expect(await open()).toEqual([]);
  });

  it('is taken out by the event of the new name, also where another has the old one', async () => {
    const [name, now] = [await aUser(), aName()];
    const held = hold('inspect');
    await put(name);
    await held.entered;
    await rename(name, now);
    await aUser(name);
    await guard.until('the event of the new name', () =>
      guard.sandbox.executions().find(({ status, input }) => status === 'SUCCEEDED' && input.includes(now)),
    );
    held.release();
    const request = await asked(name);
    expect(await text(now)).not.toContain('s3:DeleteBucket');
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await text(now)).toBe(GRANT);
    expect(await inlineOf(name)).toEqual([]);
  });
});

describe('a grant whose user is renamed more than once before anybody has seen it', () => {
  it.each([
    ['in the order of the calls', (events: object[]) => events],
    ['the last first', (events: object[]) => events.toReversed()],
  ])('is taken out by their events, %s, also where another has the name in between', async (_, ordered) => {
    const [name, between, now] = [await aUser(), aName(), aName()];
    await guard.post('/api/faults', { events: 'down' });
    await put(name);
    await rename(name, between);
    await rename(between, now);
    await aUser(between);
    await guard.post('/api/faults', { events: 'up' });
    const events = [
      told('PutUserPolicy', { userName: name, policyName: PolicyName, policyDocument: GRANT }),
      told('UpdateUser', { userName: name, newUserName: between }),
      told('UpdateUser', { userName: between, newUserName: now }),
    ];
    for (const event of ordered(events)) await start(guard, event);
    const request = await asked(name);
    expect(await text(now)).not.toContain('s3:DeleteBucket');
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await text(now)).toBe(GRANT);
  });
});

describe('a user that is renamed while its request waits', () => {
  it('has what was approved under its new name, byte for byte, and keeps it', async () => {
    const [name, now] = [await aUser(), aName()];
    const request = await waiting(name);
    await rename(name, now);
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await text(now)).toBe(GRANT);
    await put(now);
    await guard.settled();
    expect(await text(now)).toBe(GRANT);
    expect(await open()).toEqual([]);
  });

  it('loses what was denied under its new name', async () => {
    const [name, now] = [await aUser(), aName()];
    const request = await waiting(name);
    await rename(name, now);
    expect(await decided(request, 'deny')).toMatchObject({ outcome: 'denied' });
    expect(await inlineOf(now)).toEqual([]);
  });

  it('has it also after a second name, and after its first one again', async () => {
    const [name, now] = [await aUser(), aName()];
    const request = await waiting(name);
    for (let loop = 0; loop < 5; loop++) {
      await rename(name, now);
      await rename(now, name);
    }
    await rename(name, now);
    await rename(now, `${now}-at-last`);
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    await rename(`${now}-at-last`, name);
    expect(await text(name)).toBe(GRANT);
    await put(name);
    await guard.settled();
    expect(await open()).toEqual([]);
  });

  it('has it, and not whoever was given its name', async () => {
    const [name, now] = [await aUser(), aName()];
    const request = await waiting(name);
    await rename(name, now);
    await aUser(name);
    expect(await decided(request, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await text(now)).toBe(GRANT);
    expect(await inlineOf(name)).toEqual([]);
    await put(name);
    const other = await asked(name);
    expect(await text(name)).not.toContain('s3:DeleteBucket');
    expect(await decided(other, 'deny')).toMatchObject({ outcome: 'denied' });
    expect(await text(now)).toBe(GRANT);
  });
});

describe('a user that is renamed', () => {
  it('keeps what was approved for it, and may write it again under the new name', async () => {
    const [name, now] = [await aUser(), aName()];
    await decided(await waiting(name), 'approve');
    await rename(name, now);
    await guard.settled();
    await put(now);
    await guard.settled();
    expect(await text(now)).toBe(GRANT);
    expect(await open()).toEqual([]);
  });

  it('gives nothing of it to whoever has the old name, nor to whoever has the new one later', async () => {
    const [name, now, later] = [await aUser(), aName(), aName()];
    await decided(await waiting(name), 'approve');
    await rename(name, now);
    await guard.settled();
    await rename(now, later);
    await guard.settled();
    for (const other of [name, now]) {
      await aUser(other);
      await put(other);
      const request = await asked(other);
      expect(await text(other)).not.toContain('s3:DeleteBucket');
      await decided(request, 'deny');
    }
    expect(await text(later)).toBe(GRANT);
  });
});

describe('a group that is renamed', () => {
  it('has what was attached and written under its old name taken out, and given back, under the new one', async () => {
    const [GroupName, NewGroupName] = [aName(), aName()];
    await guard.iam.send(new CreateGroupCommand({ GroupName }));
    const held = hold('quarantine');
    await guard.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: ADMINISTRATOR }));
    await held.entered;
    await guard.iam.send(new UpdateGroupCommand({ GroupName, NewGroupName, NewPath: '/teams/' }));
    held.release();
    const attachment = await asked(GroupName);
    const attached = async () =>
      (await guard.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: NewGroupName })))
        .AttachedPolicies;
    expect(await attached()).toEqual([]);
    expect(await decided(attachment, 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await attached()).toMatchObject([{ PolicyArn: ADMINISTRATOR }]);
    await guard.iam.send(
      new PutGroupPolicyCommand({ GroupName: NewGroupName, PolicyName, PolicyDocument: GRANT }),
    );
    const written = await asked(NewGroupName);
    await guard.iam.send(new UpdateGroupCommand({ GroupName: NewGroupName, NewGroupName: GroupName }));
    expect(await decided(written, 'approve')).toMatchObject({ outcome: 'approved' });
    const { PolicyDocument = '' } = await guard.iam.send(
      new GetGroupPolicyCommand({ GroupName, PolicyName }),
    );
    expect(decodeURIComponent(PolicyDocument)).toBe(GRANT);
  });
});
