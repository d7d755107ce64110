import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, start } from '../support/forged-events.ts';
import {
  ADA,
  GRACE,
  type GuardedSandbox,
  MARGARET,
  startGuardedSandbox,
} from '../support/guarded-sandbox.ts';

/** Six changes of the developer in one thread; of four of them another event says that Margaret has made them. */
let guard: GuardedSandbox;
let requests: RequestState[];
let top: Pick<RequestState, 'slack'>;
let named: string[];

beforeAll(async () => {
  guard = await startGuardedSandbox({});
  for (let count = 0; count < 6; count++) await guard.create();
  requests = await guard.until('six requests in Slack', (state) =>
    state.requests.filter(({ slack }) => slack).length === 6 ? state.requests : undefined,
  );
  const { slack } = requests.find((each) => each.slack?.threadTs !== undefined) ?? {};
  top = { slack: { channel: slack?.channel ?? '', ts: slack?.threadTs ?? '' } };
  const message = await guard.message(top as RequestState);
  const [button] = JSON.stringify(message?.blocks).match(/pg-[a-z2-7]{10}/g) ?? [];
  const others = requests.filter(({ id }) => id !== button).slice(0, 4);
  named = others.map(({ id }) => id);
  for (const { policyArn } of others) await start(guard, eventOf(policyArn ?? '', 'margaret.hamilton'));
  await guard.settled();
});
afterAll(() => guard.stop());

const shown = (reply: Awaited<ReturnType<GuardedSandbox['click']>>) => JSON.stringify(reply.view?.view ?? {});

describe('Approve all', () => {
  it('leaves out what this person may not decide, and says so before they press', async () => {
    const asked = await guard.click(top, 'approve_all', MARGARET);
    expect(shown(asked)).toContain('You approve 2 changes');
    expect(shown(asked)).toContain('4 other changes of this thread are left out');
    for (const id of named) expect(shown(asked)).toContain(id);
    expect(shown(asked)).toContain('nobody decides on their own change');
  });

  it('lists all of them for who may decide all', async () => {
    const asked = await guard.click(top, 'approve_all', ADA);
    expect(shown(asked)).toContain('You approve 6 changes');
    expect(shown(asked)).not.toContain('left out');
  });

  it('decides just those that it had listed', async () => {
    await guard.submit(await guard.click(top, 'approve_all', MARGARET), '', MARGARET);
    const ended = await guard.until('the end of two', ({ requests }) => {
      const over = requests.filter(({ outcome }) => outcome);
      return over.length === 2 ? over : undefined;
    });
    expect(ended.every(({ outcome }) => outcome === 'approved')).toBe(true);
    expect(ended.some(({ id }) => named.includes(id))).toBe(false);
  });

  it('opens for nobody who may decide none of them, and says why', async () => {
    const refused = await guard.click(top, 'approve_all', MARGARET);
    expect(refused.view).toBeNull();
    expect(refused.ephemeral[0]?.text).toContain('nobody decides on their own change');
  });

  it('asks who has approved already for no second approval', async () => {
    await guard.submit(await guard.click(top, 'approve_all', GRACE), '', GRACE);
    await guard.until('the votes of Grace', ({ requests }) =>
      requests
        .filter(({ id }) => named.includes(id))
        .every(({ votes, outcome }) => outcome || votes.length > 0)
        ? true
        : undefined,
    );
    const again = await guard.click(top, 'approve_all', GRACE);
    expect(again.view).toBeNull();
  });
});
