import { CreateUserCommand, DeleteUserPolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import { broken, guard } from '../support/each-breakable-sandbox.ts';
import { granting } from '../support/guarded-sandbox.ts';

const BAD = granting('s3:DeleteBucket');
const INLINE = { UserName: 'alice', PolicyName: 'bad', PolicyDocument: BAD };

const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_000));

test('what was approved, and taken out unjudged when it was written again, is put back and told', async () => {
  await guard.iam.send(new CreateUserCommand(INLINE));
  await guard.iam.send(new PutUserPolicyCommand(INLINE));
  const request = await guard.asked(() => true);
  await guard.click(request, 'approve');
  await guard.ended(request.id);
  // CloudTrail tells whole seconds: what was written in the second of its approval may have been written before it.
  await nextSecond();
  broken.set('inspect', 'ServiceUnavailable');
  await guard.iam.send(new PutUserPolicyCommand(INLINE));
  await guard.until('it is told', ({ slack }) =>
    slack.messages.find(({ text }) => text.includes(`approved before by`) && text.includes(request.id)),
  );
  expect(await guard.inlineText(INLINE)).toBe(BAD);
  expect((await guard.state()).requests).toHaveLength(1);
});

test('of two padded policies that one event may be about, each has a request of its own', async () => {
  const padded = BAD.replace('{', `{${' '.repeat(60_000)}`) + ' '.repeat(60_000);
  const policies = ['one', 'two'].map((PolicyName) => ({ ...INLINE, PolicyName, PolicyDocument: padded }));
  await guard.iam.send(new CreateUserCommand(INLINE));
  // Both are in force when the first event is read.
  broken.set('inspect', 'ServiceUnavailable');
  await Promise.all(policies.map((policy) => guard.iam.send(new PutUserPolicyCommand(policy))));
  broken.clear();
  const about = (name: string) =>
    guard.asked(({ change: { target } }) => target.type === 'inline-policy' && target.policyName === name);
  await guard.asked(() => true);
  await guard.settled();
  await guard.post('/api/reconcile', {});
  const [one, two] = await Promise.all([about('one'), about('two')]);
  expect(one.id).not.toBe(two.id);
  for (const policy of policies) expect(await guard.inlineText(policy)).not.toBe(padded);
  await guard.click(two, 'approve');
  expect(await guard.ended(two.id)).toMatchObject({ outcome: 'approved' });
  expect(await guard.inlineText({ ...INLINE, PolicyName: 'two' })).toBe(padded);
});

test('what was approved without room stays approved, and is put back when an approver has it tried once more', async () => {
  /** More than half of what a user's inline policies may hold. */
  const large = (action: string) =>
    BAD.replace('"s3:DeleteBucket"', `["${action}","s3:${'x'.repeat(1_200)}"]`);
  const big = { ...INLINE, PolicyDocument: large('s3:DeleteBucket') };
  const other = { ...INLINE, PolicyName: 'other', PolicyDocument: large('s3:ListBucket') };
  await guard.iam.send(new CreateUserCommand(INLINE));
  await guard.iam.send(new PutUserPolicyCommand(big));
  const request = await guard.asked(() => true);
  await guard.settled();
  await guard.iam.send(new PutUserPolicyCommand(other));
  await guard.click(request, 'approve');
  expect(await guard.ended(request.id)).toMatchObject({ outcome: 'no-room' });
  expect(JSON.stringify(await guard.message(request))).toContain(`/policy-guard resume ${request.id}`);
  await guard.iam.send(new DeleteUserPolicyCommand(other));
  await guard.command(`resume ${request.id}`);
  await guard.post('/api/reconcile', {});
  await guard.until('it is put back', ({ requests }) =>
    requests.find(({ id, outcome }) => id === request.id && outcome === 'approved'),
  );
  expect(await guard.inlineText(big)).toBe(big.PolicyDocument);
});
