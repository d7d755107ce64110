import { expect } from 'vitest';
import type { RecordResult } from '../../../workflow/ledger/draft.ts';
import { LedgerContentionError } from '../../../workflow/ledger/errors.ts';
import { type Ledger, ledgerOver } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Store } from '../../../workflow/ledger/store.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import {
  type Actor,
  Crash,
  crashing,
  type Gate,
  gated,
  interleave,
  type Mishap,
} from '../../support/interleave.ts';
import { APPROVED, aChange, aRequest, DENIED, MANAGED } from '../../support/requests.ts';

/** One run of an execution that wants to record one of the rivals. */
export interface Run {
  request: number;
  /** Two executions of one request are the same change, reported twice. */
  execution: number;
  mishaps: readonly { at: number; kind: Mishap }[];
}

/** Somebody who ends a request: it frees the document. */
export interface Ender {
  request: number;
  /** How many operations pass before it. */
  after: number;
  how: 'approved' | 'denied' | 'closed';
}

let policies = 0;
/** Requests for one and the same document on one policy, which no other test uses. */
export function rivals(count: number): ApprovalRequest[] {
  const target = { ...MANAGED, policyArn: `arn:aws:iam::123456789012:policy/contested-${++policies}` };
  return Array.from({ length: count }, (_, i) => {
    const id = `contested${policies}x${i}`;
    return aRequest(id, { change: aChange({ requestId: id, target }) });
  });
}

/** What of the ledger stands above the single operations that the race interleaves. */
export type Layers = (store: Store) => Ledger;

/** Starts the execution's step again whenever its process has died. */
export async function recordUntilItWorks(
  store: Store,
  gate: Gate,
  request: ApprovalRequest,
  layers: Layers = ledgerOver,
): Promise<RecordResult> {
  try {
    return await layers(gated(store, gate)).record(request);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return recordUntilItWorks(store, gate, request, layers);
  }
}

/**
 * Requests for one document, and what must be true of them at every moment. `store` is to be used for every
 * operation: it sees each write at once.
 */
function startRace(over: Store, count: number, layers: Layers) {
  const requests = rivals(count);
  const pending = new Set<string>();
  const activated: string[] = [];
  const store = watched(over, (id, status) => {
    if (status !== 'pending') pending.delete(id);
    else if (!pending.has(id)) {
      pending.add(id);
      activated.push(id);
    }
    expect([...pending], 'pending at once').toHaveLength(Math.min(pending.size, 1));
  });
  const ledger = layers(store);
  const idOf = (request: number) => requests[request]?.id ?? '';

  const run =
    ({ request, execution, mishaps }: Run): Actor<RecordResult> =>
    (gate) => {
      const rival = requests[request] as ApprovalRequest;
      const mine = { ...rival, executionArn: `${rival.executionArn}-${execution}` };
      const rough = mishaps.reduce((inner, { at, kind }) => crashing(inner, at, kind), gate);
      return recordUntilItWorks(store, rough, mine, layers);
    };

  const end =
    ({ request, after, how }: Ender): Actor<undefined> =>
    async (gate) => {
      for (let turn = 0; turn < after; turn++) await gate(async () => undefined);
      const ending = layers(gated(store, gate));
      if (how === 'closed') await ending.close(idOf(request), 'superseded', 'Changed.', APPROVED.at);
      else await ending.decide(idOf(request), how === 'approved' ? APPROVED : DENIED);
    };

  /** Executions that gave up try again when it has become quiet, as their state machine has them do. */
  async function settle(runs: readonly Run[], results: readonly PromiseSettledResult<unknown>[]) {
    const told: RecordResult[] = [];
    for (const [i, plan] of runs.entries()) {
      const result = results[i] as PromiseSettledResult<RecordResult>;
      if (result.status === 'rejected' && !(result.reason instanceof LedgerContentionError)) {
        throw result.reason;
      }
      const quiet: Gate = (operation) => operation();
      told.push(result.status === 'fulfilled' ? result.value : await run({ ...plan, mishaps: [] })(quiet));
    }
    return told;
  }

  /** What the ledger says of the document, against what has happened to it. */
  async function expectTheNewestToSpeak(): Promise<void> {
    const { change, document } = requests[0] as ApprovalRequest;
    const asked = [targetKey(change.accountId, change.target), document?.sha256 ?? ''] as const;
    expect(await ledger.findPending(...asked)).toBe([...pending][0]);
    const approval = await ledger.findApproval(...asked);
    if (approval !== undefined) expect(approval.requestId).toBe(activated.at(-1));
  }

  return { store, idOf, pending, activated, run, end, settle, expectTheNewestToSpeak };
}

/** One of the rivals becomes pending, and everybody is told so. */
export async function raceForOne(
  over: Store,
  plans: readonly Run[],
  schedule: typeof interleave,
  turns: readonly number[],
  layers: Layers = ledgerOver,
) {
  const race = startRace(over, 3, layers);
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
      expect(result?.of).toBe(pending);
    }
  }
  expect(recordedBy.size).toBe(1);
  await race.expectTheNewestToSpeak();
}

/** Requests are decided and closed meanwhile, so that one rival comes after the other. */
export async function raceWithEnds(
  over: Store,
  plans: readonly Run[],
  ends: readonly Ender[],
  turns: readonly number[],
  layers: Layers = ledgerOver,
) {
  const race = startRace(over, 3, layers);
  const actors: Actor<unknown>[] = [...plans.map(race.run), ...ends.map(race.end)];
  const results = await interleave(turns, actors);
  for (const result of results.slice(plans.length)) if (result.status === 'rejected') throw result.reason;
  await race.expectTheNewestToSpeak();
  const told = await race.settle(plans, results);

  for (const [i, { request }] of plans.entries()) {
    const id = race.idOf(request);
    const result = told[i];
    if (result?.status === 'recorded') expect(race.activated).toContain(id);
    else expect(race.activated).toContain(result?.of);
  }
  await race.expectTheNewestToSpeak();
}

/** Tells the status of a request after every write of its item. */
function watched(store: Store, tell: (id: string, status: unknown) => void): Store {
  return {
    ...store,
    async put(item, condition) {
      const done = await store.put(item, condition);
      if (done && item.sk === 'request') tell(item.pk.slice('request#'.length), item.status);
      return done;
    },
    async update(key, set, condition, remove) {
      const item = await store.update(key, set, condition, remove);
      if (item !== undefined) tell(key.pk.slice('request#'.length), item.status);
      return item;
    },
  };
}
