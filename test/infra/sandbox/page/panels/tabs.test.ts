import { expect, test } from 'vitest';
import type { FaultValues } from '../../../../../infra/sandbox/faults/table.ts';
import { panelTabs } from '../../../../../infra/sandbox/page/panels/tabs.ts';
import { aSandboxState } from '../fake-state.ts';

/** What the badge of Faults counts once these are set. */
function counted(faults: Partial<FaultValues>) {
  const state = aSandboxState();
  Object.assign(state.faults, faults);
  const { count, urgent } = panelTabs(state, false).find(({ id }) => id === 'faults') ?? {};
  return { count, urgent };
}

test('Faults counts what is not as the sandbox was started, CloudTrail’s delay among it', () => {
  expect(counted({})).toEqual({ count: 0, urgent: false });
  expect(counted({ cloudTrailDelayMs: 30_000 })).toEqual({ count: 1, urgent: true });
  expect(counted({ cloudTrailDelayMs: 0, slack: 'down' })).toEqual({ count: 2, urgent: true });
});
