import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecideOutcome, decide } from '../../../workflow/decisions/decide.ts';
import type { CallbackResult, TaskCallbacks } from '../../../workflow/decisions/task-callbacks.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { ledgerOver } from '../../../workflow/ledger/ledger.ts';
import { expireOrRemind } from '../../../workflow/steps/expire-or-remind.ts';
import type { Waiting } from '../../../workflow/steps/payloads.ts';
import { Crash, crashing, type Gate, gated, interleave } from '../../support/interleave.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aChange, aRequest } from '../../support/requests.ts';
import { times } from '../../support/times.ts';

const { store, ledger } = await ledgerOfThisFile();

type End = 'restore' | 'discard';

/** The waiting part of the state machine: one task token at a time, and what settled the last wait. */
function stateMachine() {
  let open: string | undefined;
  let end: End | undefined;
  let tokens = 0;
  const settle = (taskToken: string, how: End): CallbackResult => {
    if (taskToken !== open) return 'closed';
    open = undefined;
    end = how;
    return 'delivered';
  };
  const callbacks: TaskCallbacks = {
    succeed: async (taskToken) => settle(taskToken, 'restore'),
    fail: async (taskToken) => settle(taskToken, 'discard'),
  };

  /** Waits `reminders + 1` times, as RequestApproval, Remind and ExpireOrRemind do, then lets the request expire. */
  async function run(gate: Gate, requestId: string, reminders: number): Promise<End> {
    const ledger = ledgerOver(gated(store, gate));
    for (let wait = 0; ; wait++) {
      const taskToken = `token-${requestId}-${++tokens}`;
      open = taskToken;
      const stored = await ledger.storeTaskToken(aRequest(requestId), taskToken);
      // A turn for the wait itself: until then a callback may settle it, afterwards it has timed out.
      if (stored.status === 'stored') await gate(async () => undefined);
      if (end !== undefined) return end;
      open = undefined;
      const now = new Date(wait < reminders ? '2026-03-01T13:00:00.000Z' : '2026-03-03T00:00:00.000Z');
      const waiting: Waiting = {
        ...aRequest(requestId),
        requestId,
        status: 'recorded',
        change: aChange({ requestId }),
        wait: { seconds: 1 },
      };
      const { next } = await expireOrRemind({ ledger, now, nudgeRules: NUDGES }, waiting);
      if (next !== 'remind') return next;
    }
  }
  return { callbacks, run };
}

const decider = fc.record({
  decision: fc.constantFrom('approved' as const, 'denied' as const),
  via: fc.constantFrom('slack' as const, 'email' as const),
  clicks: fc.integer({ min: 1, max: 3 }),
  dies: fc.option(fc.record({ at: fc.nat(5), when: fc.constantFrom('before' as const, 'after' as const) })),
  stepFunctionsDown: fc.boolean(),
});

const NUDGES = { reminderSeconds: 3_600, adminEmailSeconds: 43_200 };

let count = 0;

describe('one decision', () => {
  it('stands and is carried out, however clicks, channels, crashes, reminders and the time-out race', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(decider, { maxLength: 4 }),
        fc.nat(2),
        fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        async (deciders, reminders, choices, approvalsNeeded) => {
          const id = `race${++count}`;
          await ledger.record(aRequest(id, { document: pack(id), approvalsNeeded }));
          const machine = stateMachine();
          const outcomes: DecideOutcome[] = [];

          const clickers = deciders.map((person, i) => async (everyTurn: Gate) => {
            const gate = person.dies ? crashing(everyTurn, person.dies.at, person.dies.when) : everyTurn;
            const callbacks: TaskCallbacks = person.stepFunctionsDown
              ? {
                  succeed: () => Promise.reject(new Error('down')),
                  fail: () => Promise.reject(new Error('down')),
                }
              : machine.callbacks;
            for (let click = 0; click < person.clicks; click++) {
              const dependencies = {
                ledger: ledgerOver(gated(store, gate)),
                callbacks: gated(callbacks, gate),
                now: new Date(`2026-03-01T12:30:0${i}.00${click}Z`),
              };
              const by = { name: `person ${i}`, slackUserId: `U0PERSON${i}` };
              const input = { requestId: id, decision: person.decision, via: person.via, by };
              const outcome = await decide(dependencies, input).catch((error: unknown) => {
                if (!(error instanceof Crash)) throw error;
              });
              if (outcome) outcomes.push(outcome);
            }
          });
          const actors = [(gate: Gate) => machine.run(gate, id, reminders), ...clickers];
          const [run, ...others] = await interleave<unknown>(choices, actors);
          for (const result of [run, ...others]) if (result?.status === 'rejected') throw result.reason;

          const { decision: standing, votes = [] } = (await ledger.read(id)) ?? {};
          expect(standing).toBeDefined();
          expect(run).toMatchObject({ value: standing?.decision === 'approved' ? 'restore' : 'discard' });
          const told = outcomes.filter((outcome) => 'decision' in outcome);
          for (const outcome of told) expect(outcome).toMatchObject({ decision: standing });
          // Approved means by so many different people, and no one person is ever counted twice.
          expect(new Set(votes.map(({ by }) => by.slackUserId)).size).toBe(votes.length);
          expect(votes.length >= approvalsNeeded).toBe(standing?.decision === 'approved');
          expect(votes.length).toBeLessThanOrEqual(approvalsNeeded);
          const winners = outcomes.filter(
            (outcome) => outcome.status === 'decided' || (outcome.status === 'undelivered' && outcome.mine),
          );
          expect(winners.length).toBeLessThanOrEqual(1);
          for (const outcome of outcomes) seen.add(outcome.status);
          seen.add(standing?.decision ?? 'none');
        },
      ),
      { numRuns: times(100) },
    );
    // The races must have been races: every way to end has been met.
    expect([...seen].sort()).toEqual([
      'already-decided',
      'already-voted',
      'approved',
      'counted',
      'decided',
      'denied',
      'expired',
      'undelivered',
    ]);
  });
});
