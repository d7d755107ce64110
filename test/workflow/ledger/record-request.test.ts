import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerOver } from '../../../workflow/ledger/dynamodb-ledger.ts';
import type { Ledger, RecordResult } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Store } from '../../../workflow/ledger/store.ts';
import { createStore } from '../../../workflow/ledger/store.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import type { LocalTable } from '../../support/dynalite.ts';
import { startLocalTable } from '../../support/dynalite.ts';
import type { Gate } from '../../support/interleave.ts';
import { Crash, crashing, gated, interleave } from '../../support/interleave.ts';
import { APPROVED, aChange, aRequest, MANAGED } from '../../support/requests.ts';

let table: LocalTable;
let store: Store;
let ledger: Ledger;

beforeAll(async () => {
  table = await startLocalTable();
  store = createStore(table.tableName, table.aws);
  ledger = ledgerOver(store);
});
afterAll(() => table.stop());

let policies = 0;
/** Requests for one and the same document on one policy, which no other test uses. */
function rivals(count: number): ApprovalRequest[] {
  const target = { ...MANAGED, policyArn: `arn:aws:iam::123456789012:policy/contested-${++policies}` };
  return Array.from({ length: count }, (_, i) => {
    const id = `contested${policies}x${i}`;
    return aRequest(id, { change: aChange({ requestId: id, target }) });
  });
}

async function pendingAmong(requests: readonly ApprovalRequest[]): Promise<string[]> {
  const found = await Promise.all(requests.map(({ id }) => ledger.read(id)));
  return found.flatMap((request) => (request?.status === 'pending' ? [request.id] : []));
}

const direct: Gate = (operation) => operation();

async function recordUntilItWorks(gate: Gate, request: ApprovalRequest): Promise<RecordResult> {
  try {
    return await ledgerOver(gated(store, gate)).record(request);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return recordUntilItWorks(gate, request);
  }
}

const crashes = [0, 1, 2, 3].flatMap((at) =>
  (['before', 'after'] as const).map((when) => [when, at] as const),
);

describe('recording that stops half way', () => {
  it.each(crashes)('goes on when it died %s its operation %i', async (when, at) => {
    const [request] = rivals(1) as [ApprovalRequest];
    const result = await recordUntilItWorks(crashing(direct, at, when), request);
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

describe('recording the same document at once', () => {
  const plan = fc.record({
    request: fc.nat(2),
    execution: fc.nat(1),
    crash: fc.option(
      fc.record({ at: fc.nat(8), when: fc.constantFrom('before' as const, 'after' as const) }),
    ),
  });

  it('makes one request, however executions interleave, repeat and die, and tells everyone else of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(plan, { minLength: 2, maxLength: 5 }),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }),
        async (plans, choices) => {
          const requests = rivals(3);
          const results = await interleave(
            choices,
            plans.map(({ request, execution, crash }) => (gate: Gate) => {
              const rival = requests[request] as ApprovalRequest;
              const mine = { ...rival, executionArn: `${rival.executionArn}-${execution}` };
              return recordUntilItWorks(crash ? crashing(gate, crash.at, crash.when) : gate, mine);
            }),
          );

          const pending = await pendingAmong(requests);
          expect(pending).toHaveLength(1);
          const recordedBy = new Set<string>();
          for (const [i, result] of results.entries()) {
            if (result.status === 'rejected') throw result.reason;
            const { request, execution } = plans[i] as { request: number; execution: number };
            const id = requests[request]?.id ?? '';
            if (result.value.status === 'recorded') {
              expect(id).toBe(pending[0]);
              recordedBy.add(`${id}-${execution}`);
            } else {
              // The same change, reported twice, is a duplicate of itself; whoever recorded it is told the rest.
              expect([...pending, id]).toContain(result.value.of);
            }
          }
          expect(recordedBy.size).toBe(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
