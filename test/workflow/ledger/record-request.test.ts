import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerOver } from '../../../workflow/ledger/dynamodb-ledger.ts';
import { LedgerContentionError } from '../../../workflow/ledger/errors.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Store } from '../../../workflow/ledger/store.ts';
import { createStore } from '../../../workflow/ledger/store.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import type { LocalTable } from '../../support/dynalite.ts';
import { startLocalTable } from '../../support/dynalite.ts';
import type { Actor, Gate, Mishap } from '../../support/interleave.ts';
import { Crash, crashing, gated, inOrder, interleave } from '../../support/interleave.ts';
import { APPROVED, DENIED } from '../../support/requests.ts';
import { memoryStore } from './memory-store.ts';
import type { Ender, Run } from './recording-race.ts';
import { recordUntilItWorks, rivals, startRace } from './recording-race.ts';

let table: LocalTable;
let store: Store;
let ledger: Ledger;

beforeAll(async () => {
  table = await startLocalTable();
  store = createStore(table.tableName, table.aws);
  ledger = ledgerOver(store);
});
afterAll(() => table.stop());

async function pendingAmong(requests: readonly ApprovalRequest[]): Promise<string[]> {
  const found = await Promise.all(requests.map(({ id }) => ledger.read(id)));
  return found.flatMap((request) => (request?.status === 'pending' ? [request.id] : []));
}

const direct: Gate = (operation) => operation();

const crashes = [0, 1, 2, 3].flatMap((at) =>
  (['before', 'after'] as const).map((when) => [when, at] as const),
);

describe('recording that stops half way', () => {
  it.each(crashes)('goes on when it died %s its operation %i', async (when, at) => {
    const [request] = rivals(1) as [ApprovalRequest];
    const result = await recordUntilItWorks(store, crashing(direct, at, when), request);
    expect(result).toMatchObject({ status: 'recorded' });
    expect(await ledger.read(request.id)).toEqual(request);
    const key = targetKey(request.change.accountId, request.change.target);
    expect(await ledger.findPending(key, request.document?.sha256 ?? '')).toBe(request.id);
  });

  it.each(crashes)(
    'lets another execution have the document when it died for good %s its operation %i',
    async (when, at) => {
      const [dead, other] = rivals(2) as [ApprovalRequest, ApprovalRequest];
      await ledgerOver(gated(store, crashing(direct, at, when)))
        .record(dead)
        .catch(() => undefined);
      const deadIsPending = (await pendingAmong([dead])).length === 1;
      expect(await ledger.record(other)).toMatchObject(
        deadIsPending ? { status: 'duplicate', of: dead.id } : { status: 'recorded' },
      );
      expect(await pendingAmong([dead, other])).toHaveLength(1);
    },
  );

  it('does not come to life after another execution has taken its document', async () => {
    const [slow, quick] = rivals(2) as [ApprovalRequest, ApprovalRequest];
    const stopped = gated(store, crashing(direct, 1, 'after'));
    await ledgerOver(stopped)
      .record(slow)
      .catch(() => undefined);
    await ledger.record(quick);
    expect(await ledger.record(slow)).toEqual({ status: 'duplicate', of: quick.id });
    expect(await pendingAmong([slow, quick])).toEqual([quick.id]);
  });

  it('a draft can be neither decided, nor closed, nor told where it was posted', async () => {
    const [request] = rivals(1) as [ApprovalRequest];
    await ledgerOver(gated(store, crashing(direct, 0, 'after')))
      .record(request)
      .catch(() => undefined);
    expect(await ledger.decide(request.id, APPROVED)).toEqual({ status: 'unknown' });
    await ledger.close(request.id, 'failed', 'No.', APPROVED.at);
    await expect(ledger.storeEmailed(request.id, APPROVED.at)).rejects.toThrow();
    expect(await ledger.read(request.id)).toBeUndefined();
  });
});

/** A failure tells the seed; so does a machine that is too slow for all the runs. */
function assertRace<T>(property: fc.IAsyncProperty<T>, numRuns: number): Promise<void> {
  return fc.assert(property, { numRuns, interruptAfterTimeLimit: 25_000, markInterruptAsFailure: true });
}

/** Most schedules in memory, because dynalite is slow; it confirms that a table does the same. */
const engines = [
  { engine: 'in memory', over: () => memoryStore(), numRuns: 1_500 },
  { engine: 'in dynalite', over: () => store, numRuns: 40 },
];

describe('recording the same document at once', () => {
  const run = fc.record({
    request: fc.nat(2),
    execution: fc.nat(1),
    mishaps: fc.array(
      fc.record({
        at: fc.nat(10),
        kind: fc.constantFrom<Mishap>('before', 'after', 'late', 'retried', 'again'),
      }),
      { maxLength: 2 },
    ),
  });
  const runs = fc.array(run, { minLength: 2, maxLength: 5 });
  const choices = fc.array(fc.nat(9), { minLength: 1, maxLength: 60 });
  const enders = fc.array(
    fc.record({
      request: fc.nat(2),
      after: fc.nat(20),
      how: fc.constantFrom('approved' as const, 'denied' as const, 'closed' as const),
    }),
    { minLength: 1, maxLength: 4 },
  );

  const mine: Run = { request: 0, execution: 0, mishaps: [] };
  const rival: Run = { ...mine, request: 1 };

  async function raceForOne(
    over: Store,
    plans: readonly Run[],
    schedule: typeof interleave,
    turns: readonly number[],
  ) {
    const race = startRace(over, 3);
    const told = await race.settle(plans, await schedule(turns, plans.map(race.run)));

    const [pending] = race.pending;
    expect(pending).toBeDefined();
    const recordedBy = new Set<string>();
    for (const [i, { request, execution }] of plans.entries()) {
      const id = race.idOf(request);
      const result = told[i];
      if (result?.status === 'recorded') {
        expect(id).toBe(pending);
        recordedBy.add(`${id}-${execution}`);
      } else {
        // The same change, reported twice, is a duplicate of itself; whoever recorded it is told the rest.
        expect([pending, id]).toContain(result?.of);
      }
    }
    expect(recordedBy.size).toBe(1);
    await race.expectTheNewestToSpeak();
  }

  async function raceWithEnds(
    over: Store,
    plans: readonly Run[],
    ends: readonly Ender[],
    turns: readonly number[],
  ) {
    const race = startRace(over, 3);
    const actors: Actor<unknown>[] = [...plans.map(race.run), ...ends.map(race.end)];
    const results = await interleave(turns, actors);
    for (const result of results.slice(plans.length)) if (result.status === 'rejected') throw result.reason;
    await race.expectTheNewestToSpeak();
    const told = await race.settle(plans, results);

    for (const [i, { request }] of plans.entries()) {
      const id = race.idOf(request);
      const result = told[i];
      if (result?.status === 'recorded') expect(race.activated).toContain(id);
      else expect([...race.activated, id]).toContain(result?.of);
    }
    await race.expectTheNewestToSpeak();
  }

  it.each(engines)(
    'makes one request, however executions interleave, repeat and die, and tells everyone else of it ($engine)',
    async ({ over, numRuns }) => {
      const property = fc.asyncProperty(runs, choices, (plans, turns) =>
        raceForOne(over(), plans, interleave, turns),
      );
      await assertRace(property, numRuns);
    },
  );

  it.each(engines)(
    'has one request pending at a time, and the newest alone speaks, while requests are decided and closed ($engine)',
    async ({ over, numRuns }) => {
      const property = fc.asyncProperty(runs, enders, choices, (plans, ends, turns) =>
        raceWithEnds(over(), plans, ends, turns),
      );
      await assertRace(property, numRuns);
    },
  );

  /** Every way for the first three actors to stop once, in this order, before each goes on to its end. */
  async function everyStop(plans: readonly Run[], first: readonly number[]): Promise<void> {
    const stops = Array.from({ length: 9 }, (_, turns) => turns);
    for (const a of stops) {
      for (const b of stops) {
        for (const c of stops) {
          const turns = [a, b, c].flatMap((count, actor) => Array<number>(count).fill(actor));
          await raceForOne(memoryStore(), plans, inOrder, [...first, ...turns]);
        }
      }
    }
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

  it('brings no approval back when a slow run claims the document for the old request once more', async () => {
    const [old, newer] = rivals(2) as [ApprovalRequest, ApprovalRequest];
    const memory = memoryStore();
    const others = ledgerOver(memory);
    let claims = 0;
    const slow: Store = {
      ...memory,
      put: async (item, condition) => {
        if (item.pk.startsWith('document#') && claims++ === 0) {
          await others.record(old);
          await others.decide(old.id, APPROVED);
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
