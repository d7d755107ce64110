import { expect, it, vi } from 'vitest';
import { greet, warnings } from '../../../infra/sandbox/greeting.ts';
import type { Sandbox } from '../../../infra/sandbox/sandbox.ts';

it('greets with a change of somebody who is known in Slack, so that one approval is enough', async () => {
  const change = vi.fn<Sandbox['change']>(async () => ({}));
  await greet({ change } as unknown as Sandbox);
  expect(change).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ caller: 'developer', operation: 'CreatePolicy' }),
  );
});

it.each([
  ['s3:DeleteBuckets', [expect.stringContaining('did you mean s3:DeleteBucket?')]],
  ['s3:DeleteBucket,@privilege-escalation', []],
  [undefined, []],
])('says at the start what an entry protects, where it is nothing: %s', (RESTRICTED_ACTIONS, expected) => {
  expect(warnings({ RESTRICTED_ACTIONS })).toEqual(expected);
});
