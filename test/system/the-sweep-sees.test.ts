import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DetachUserPolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GuardedSandbox, granting, startGuardedSandbox } from '../support/guarded-sandbox.ts';

const RESTRICTED = granting('s3:DeleteBucket');
/** Made before the guard, restricted, and held by `old-user-1`. */
const OLD_POLICY = 'arn:aws:iam::123456789012:policy/old-policy-1';

/** One after another on one account, of which the first sweep has taken stock. */
let guard: GuardedSandbox;

beforeAll(async () => {
  guard = await startGuardedSandbox({ SWEEP_SETTLE_SECONDS: '1' });
  await guard.post('/api/account', { policies: 3, principals: 3, restricted: 2, recent: 3 });
  await sweep();
});
afterAll(() => guard.stop());

const sweep = async () =>
  ((await guard.post('/api/reconcile', {})) as { sweep: Record<string, number> }).sweep;

/** What two of them that show the same have found together. */
async function twice() {
  const first = await sweep();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const { found, held } = await sweep();
  return { found: (first.found ?? 0) + (found ?? 0), held };
}

const losing = async (act: () => Promise<unknown>) => {
  await guard.post('/api/faults', { events: 'down' });
  await act();
  await guard.post('/api/faults', { events: 'up' });
};

const putUser = (UserName: string, PolicyName: string, PolicyDocument = RESTRICTED) =>
  guard.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));

const rename = (UserName: string, NewUserName: string) =>
  guard.iam.send(new UpdateUserCommand({ UserName, NewUserName }));

const askedAbout = (entityName: string) =>
  guard.asked(
    ({ status, change: { target } }) =>
      status === 'pending' && 'entityName' in target && target.entityName === entityName,
  );

const OLD_USER = { UserName: 'old-user-1', PolicyArn: OLD_POLICY };

/** Each look-up in CloudTrail takes half a second, so that all of it is looked at by the same two sweeps. */
test('what the first run found, written and attached again unchanged, and what has another name or path, is left alone', async () => {
  await guard.iam.send(new CreateUserCommand({ UserName: 'ann' }));
  await putUser('ann', 'mine');
  const approved = await askedAbout('ann');
  await guard.click(approved, 'approve');
  await guard.ended(approved.id);
  await guard.settled();
  await rename('ann', 'anna');
  await putUser('old-user-1', 'recent');
  const role = { RoleName: 'old-role-2', PolicyName: 'recent', PolicyDocument: RESTRICTED };
  await guard.iam.send(new PutRolePolicyCommand(role));
  await guard.iam.send(new AttachUserPolicyCommand(OLD_USER));
  await guard.iam.send(
    new UpdateGroupCommand({ GroupName: 'old-group-0', NewGroupName: 'new-group', NewPath: '/team/' }),
  );
  await guard.settled();
  expect(await twice()).toEqual({ found: 0, held: 0 });
  expect((await guard.state()).requests.map(({ id }) => id)).toEqual([approved.id]);
  for (const [UserName, PolicyName] of [
    ['old-user-1', 'recent'],
    ['anna', 'mine'],
  ] as const)
    expect(await guard.inlineText({ UserName, PolicyName })).toBe(RESTRICTED);
  const listed = JSON.stringify(await guard.command('baseline recent'));
  expect(listed).toContain('group/new-group');
  expect(listed).not.toContain('old-group-0');
});

test('what the first run found is judged once it was gone, or something else, in between', async () => {
  await guard.iam.send(new DetachUserPolicyCommand(OLD_USER));
  await guard.settled();
  await guard.iam.send(new AttachUserPolicyCommand(OLD_USER));
  const attached = await askedAbout('old-user-1');
  await guard.deny(attached);
  await guard.ended(attached.id);
  await putUser('old-user-1', 'recent', granting('s3:DeleteObject'));
  await guard.deny(await askedAbout('old-user-1'));
});

test('a grant without an event is found under its new name, whether or not a sweep has seen the old one', async () => {
  const make = (UserName: string) =>
    losing(async () => {
      await guard.iam.send(new CreateUserCommand({ UserName }));
      await putUser(UserName, 'mine');
    });
  await make('seen');
  await sweep();
  await make('unseen');
  for (const name of ['seen', 'unseen']) await rename(name, `${name}-anew`);
  expect(await twice()).toEqual({ found: 2, held: 0 });
  for (const UserName of ['seen-anew', 'unseen-anew']) {
    await askedAbout(UserName);
    expect(await guard.inlineText({ UserName, PolicyName: 'mine' })).not.toBe(RESTRICTED);
  }
});

test('a sweep reads the whole account though IAM throttles it', async () => {
  await losing(() => putUser('anna', 'second'));
  await sweep();
  await guard.post('/api/faults', { iamCallsPerSecond: 1 });
  const read = () => guard.iam.send(new GetAccountAuthorizationDetailsCommand({}));
  await expect(read().then(read)).rejects.toMatchObject({ name: expect.stringContaining('Throttling') });
  expect(await sweep()).toMatchObject({ found: 1 });
  await guard.post('/api/faults', { iamCallsPerSecond: 0 });
  await askedAbout('anna');
});
