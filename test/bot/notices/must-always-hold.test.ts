import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../workflow/ledger/request.ts';
import type { Ended, Waiting } from '../../../workflow/steps/payloads.ts';
import { APPROVED, aChange, DENIED } from '../../support/requests.ts';
import { world } from '../functions/each-notify-world.ts';
import { contained, EXECUTION, quarantined } from './states.ts';

describe('4. No silent end', () => {
  const expired: Decision = { decision: 'expired', by: { name: 'nobody' }, via: 'timeout', at: APPROVED.at };

  async function waiting(): Promise<Waiting> {
    const state = (await world.notify({ step: 'record', state: quarantined('one') })) as Waiting;
    await world.notify({ step: 'request-approval', state, taskToken: 'token' });
    world.pass(60);
    return state;
  }

  async function afterDecision(
    decision: Decision,
    outcome: 'approved' | 'denied' | 'expired' | 'superseded',
  ) {
    const state = await waiting();
    await world.ledger.decide('one', decision);
    return { step: 'announce', state: contained(state, outcome, 'This has happened.') };
  }

  const early = (status: 'gone' | 'superseded') => async () => ({
    step: 'announce',
    state: quarantined('one', { status, detail: 'This has happened.' }),
  });

  /** The payload of the last step of an execution, by how it ends. */
  const ends = {
    approved: () => afterDecision(APPROVED, 'approved'),
    denied: () => afterDecision(DENIED, 'denied'),
    expired: () => afterDecision(expired, 'expired'),
    'superseded after a decision': () => afterDecision(APPROVED, 'superseded'),
    'superseded before anybody was asked': early('superseded'),
    'gone before anybody was asked': early('gone'),
    duplicate: async () => {
      await waiting();
      const two = quarantined('two', { executionArn: `${EXECUTION}-two` });
      // Made after the first was taken out.
      const other = { ...two, change: { ...two.change, eventTime: '2026-03-01T12:10:00Z' } };
      return { step: 'announce', state: await world.notify({ step: 'record', state: other }) };
    },
    observed: async () => {
      const { change, inspection } = quarantined('one');
      const state = { verdict: 'observed', reason: 'MODE is observe.', change, inspection };
      return { step: 'report', state, executionArn: EXECUTION };
    },
    'failed before quarantine': async () => ({
      step: 'escalate',
      state: { change: aChange(), failure: { Error: 'E', Cause: 'c' } },
      executionArn: EXECUTION,
    }),
    'failed after quarantine': async () => ({
      step: 'escalate',
      state: { ...(await waiting()), failure: { Error: 'E', Cause: 'c' } },
      executionArn: EXECUTION,
    }),
  };

  const told = () => ({ slack: world.messages().map(({ text }) => text), email: world.emails().length });

  it.each(Object.entries(ends))('%s: announced in Slack', async (_, end) => {
    const payload = await end();
    const before = told();
    await world.notify(payload);
    expect(told().slack).not.toEqual(before.slack);
  });

  it.each(Object.entries(ends))('%s: announced by e-mail when Slack is down', async (_, end) => {
    const payload = await end();
    const before = told();
    world.slack.workspace.up = false;
    await world.notify(payload);
    expect(told()).toEqual({ slack: before.slack, email: before.email + 1 });
  });

  it.each(Object.entries(ends))('%s: fails, to be tried again, when nobody can be told', async (_, end) => {
    const payload = await end();
    world.slack.workspace.up = false;
    world.down.add('sns');
    await expect(world.notify(payload)).rejects.toMatchObject({ name: 'PolicyGuard.NotDelivered' });
    world.down.clear();
    const ended = (await world.notify({ ...payload, retryCount: 1 })) as Ended | undefined;
    expect(world.emails()).toHaveLength(1);
    expect(ended?.outcome ?? 'failed').toMatch(
      /^(approved|denied|expired|superseded|gone|duplicate|observed|failed)$/,
    );
  });
});

describe('6. Slack, e-mail or the ledger being down never delays quarantine', () => {
  interface State {
    Type: string;
    Next?: string;
    Default?: string;
    Catch?: { Next: string }[];
    Parameters?: { FunctionName?: string };
  }

  it('has nothing that tells people or writes the ledger on the way of a restricted change to quarantine', async () => {
    const path = new URL('../../../workflow/state-machine.asl.json', import.meta.url);
    const machine: { States: Record<string, State> } = JSON.parse(await readFile(path, 'utf8'));
    const before = new Set<string>();
    const visit = (name: string) => {
      if (name === 'Quarantine' || before.has(name)) return;
      before.add(name);
      const { Type, Next, Default, Catch } = machine.States[name] as State;
      // A choice leaves the way only for the verdicts that are harmless, which its first branches name.
      const next = Type === 'Choice' ? [Default] : [Next, ...(Catch ?? []).map((each) => each.Next)];
      for (const each of next) if (each !== undefined) visit(each);
    };
    // What an event leads to from Begin.
    visit('Inspect');
    const functions = [...before].flatMap((name) => machine.States[name]?.Parameters?.FunctionName ?? []);
    // Inspect, and Look, which only reads, where Inspect has failed.
    expect([...new Set(functions)]).toEqual([expect.stringContaining('InspectFunctionArn')]);
  });
});
