import { describe, expect, it } from 'vitest';
import { LedgerContentionError } from '../../../workflow/ledger/errors.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Store } from '../../../workflow/ledger/store.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { Crash, inOrder, interleave } from '../../support/interleave.ts';
import { APPROVAL, DENIED } from '../../support/requests.ts';
import { memoryStore } from './memory-store.ts';
import { type Ender, type Run, raceForOne, raceWithEnds, rivals } from './recording-race.ts';

describe('a known race for a document', () => {
  const mine: Run = { request: 0, execution: 0, mishaps: [] };
  const rival: Run = { ...mine, request: 1 };

  /** Every way for the first three actors to stop once, in this order, before each goes on to its end. */
  async function everyStop(
    plans: readonly Run[],
    first: readonly number[],
    stops: readonly number[] = [],
  ): Promise<Set<number>> {
    const ended = new Set<number>();
    if (stops.length === 3) {
      const turns = stops.flatMap((count, actor) => Array<number>(count).fill(actor));
      const schedule: typeof interleave = (order, actors) => inOrder(order, actors, (one) => ended.add(one));
      await raceForOne(memoryStore(), plans, schedule, [...first, ...turns]);
      return ended;
    }
    let race = ended;
    // Where it has ended before this stop, a later one is the same.
    for (let stop = 0; stop < 9 && !race.has(stops.length); stop++) {
      race = await everyStop(plans, first, [...stops, stop]);
    }
    return race;
  }

  it('makes no draft pending on the claim of the one before, which was voided and written anew', async () => {
    await everyStop([mine, rival, mine], []);
  });

  it('brings no dead draft and no lost claim back with a write that was made twice', async () => {
    const retried = [0, 1, 2, 3, 4].map((at) => ({ ...mine, mishaps: [{ at, kind: 'retried' as const }] }));
    for (const [at, slow] of retried.entries()) {
      await everyStop([mine, rival, slow], Array<number>(at + 1).fill(2));
    }
  });

  it('makes one request in the schedule that first failed (seed 1928177270)', async () => {
    const dies = { ...mine, mishaps: [{ at: 0, kind: 'before' as const }] };
    const turns = [0, 0, 1, 1, 3, 2, 0, 2, 7];
    await raceForOne(memoryStore(), [dies, dies, dies, rival], interleave, turns);
  });

  it('makes one request in the schedule that failed with a late write (seed 275284428)', async () => {
    const late = { ...mine, mishaps: [{ at: 1, kind: 'late' as const }] };
    const turns = [9, 5, 7, 0, 0, 0, 0, 6, 0, 2];
    await raceForOne(memoryStore(), [late, rival, mine, mine], interleave, turns);
  });

  it('lets the newest request speak in the schedule in which an older one did (seed 275284428)', async () => {
    const third = { ...mine, request: 2 };
    const plans: Run[] = [
      {
        ...mine,
        mishaps: [
          { at: 1, kind: 'again' },
          { at: 1, kind: 'retried' },
        ],
      },
      mine,
      third,
      { ...third, mishaps: [{ at: 3, kind: 'again' }] },
    ];
    const ends: Ender[] = [
      { request: 0, after: 4, how: 'approved' },
      { request: 0, after: 1, how: 'approved' },
    ];
    await raceWithEnds(memoryStore(), plans, ends, [0, 9, 2, 9, 1, 5, 3]);
  });

  it.each([
    ['has not claimed the document yet', false],
    ['does not know that its claim was heard', true],
  ])('brings no old approval back with a slow run that %s', async (_, claimed) => {
    const [old, newer] = rivals(2) as [ApprovalRequest, ApprovalRequest];
    const memory = memoryStore();
    const others = ledgerOver(memory);
    let claims = 0;
    const slow: Store = {
      ...memory,
      put: async (item, condition) => {
        if (item.pk.startsWith('document#') && claims++ === 0) {
          if (claimed) await memory.put(item, condition);
          await others.record(old);
          await others.approve(old.id, APPROVAL);
          await others.record(newer);
          await others.decide(newer.id, DENIED);
        }
        return memory.put(item, condition);
      },
    };
    expect(await ledgerOver(slow).record(old)).toMatchObject({ status: 'recorded' });
    const { change, document } = old;
    const asked = [targetKey(change.accountId, change.target), document?.sha256 ?? ''] as const;
    expect(await others.findApproval(...asked)).toBeUndefined();
    expect(claims).toBe(2);
  });

  it('gives up without a request when another execution takes the document again and again', async () => {
    const [unlucky, pest] = rivals(2) as [ApprovalRequest, ApprovalRequest];
    const memory = memoryStore();
    const neverDone: Store = { ...memory, update: () => Promise.reject(new Crash()) };
    const disturbed: Store = {
      ...memory,
      update: async (...change) => {
        await ledgerOver(neverDone)
          .record(pest)
          .catch(() => undefined);
        return memory.update(...change);
      },
    };
    await expect(ledgerOver(disturbed).record(unlucky)).rejects.toThrow(LedgerContentionError);
    const quiet = ledgerOver(memory);
    expect(await quiet.read(unlucky.id)).toBeUndefined();
    expect(await quiet.read(pest.id)).toBeUndefined();
    expect(await quiet.record(unlucky)).toMatchObject({ status: 'recorded' });
  });
});
