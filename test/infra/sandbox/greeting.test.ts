import { expect, it, vi } from 'vitest';
import { greet } from '../../../infra/sandbox/greeting.ts';
import type { Sandbox } from '../../../infra/sandbox/sandbox.ts';

it('greets with a change of somebody who is known in Slack, so that one approval is enough', async () => {
  const change = vi.fn<Sandbox['change']>(async () => ({}));
  await greet({ change } as unknown as Sandbox);
  expect(change).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ caller: 'developer', operation: 'CreatePolicy' }),
  );
});
