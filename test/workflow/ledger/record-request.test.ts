import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { withContents } from '../../../workflow/ledger/contents.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { crashing, type Gate, gated, interleave, type Mishap } from '../../support/interleave.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVED } from '../../support/requests.ts';
import { times } from '../../support/times.ts';
import { memoryStore } from './memory-store.ts';
import { type Layers, raceForOne, raceWithEnds, recordUntilItWorks, rivals } from './recording-race.ts';

const { store, ledger } = await ledgerOfThisFile();

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

  it.each(crashes)(
    'leaves nobody unasked when it died for good %s its operation %i: the next execution of the same change records it',
    async (when, at) => {
      const [dead] = rivals(1) as [ApprovalRequest];
      await ledgerOver(gated(store, crashing(direct, at, when)))
        .record(dead)
        .catch(() => undefined);
      const deadIsPending = (await pendingAmong([dead])).length === 1;
      const next = { ...dead, executionArn: `${dead.executionArn}-again` };
      expect(await ledger.record(next)).toMatchObject(
        deadIsPending ? { status: 'duplicate', of: dead.id } : { status: 'recorded' },
      );
      expect(await ledger.read(dead.id)).toEqual(deadIsPending ? dead : next);
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

  it('goes on with the request as it was written down, not as it looks the second time', async () => {
    const [request] = rivals(1) as [ApprovalRequest];
    await ledgerOver(gated(store, crashing(direct, 0, 'after')))
      .record(request)
      .catch(() => undefined);
    const later = { ...request, document: pack('{}'), expiresAt: '2026-03-09T12:00:00.000Z' };
    const { createdAt, expiresAt, quarantinedAt } = request;
    expect(await ledger.record(later)).toEqual({ status: 'recorded', createdAt, expiresAt, quarantinedAt });
    const key = targetKey(request.change.accountId, request.change.target);
    expect(await ledger.findPending(key, request.document?.sha256 ?? '')).toBe(request.id);
    expect(await ledger.findPending(key, later.document.sha256)).toBeUndefined();
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

/** Each write of a content is an operation of its own, which a crash or another execution may come before. */
const contentsApart: Layers = (over) => ledgerOver(withContents(over));

/** Most schedules in memory, because dynalite is slow; it confirms that a table does the same. */
const engines = [
  { engine: 'in memory', over: () => memoryStore(), numRuns: times(150) },
  {
    engine: 'in memory, contents apart',
    over: () => memoryStore(),
    numRuns: times(150),
    layers: contentsApart,
  },
  { engine: 'in dynalite', over: () => store, numRuns: times(10) },
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

  it.each(engines)(
    'makes one request, however executions interleave, repeat and die, and tells everyone else of it ($engine)',
    async ({ over, numRuns, layers }) => {
      const property = fc.asyncProperty(runs, choices, (plans, turns) =>
        raceForOne(over(), plans, interleave, turns, layers),
      );
      await fc.assert(property, { numRuns });
    },
  );

  it.each(engines)(
    'has one request pending at a time, and the newest alone speaks, while requests are decided and closed ($engine)',
    async ({ over, numRuns, layers }) => {
      const property = fc.asyncProperty(runs, enders, choices, (plans, ends, turns) =>
        raceWithEnds(over(), plans, ends, turns, layers),
      );
      await fc.assert(property, { numRuns });
    },
  );
});
