import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { reconcile } from '../../../workflow/reconcile/reconcile.ts';
import { deliverEvents } from '../../../workflow/reconcile/undelivered.ts';
import { WAITS, waitAfter } from '../../../workflow/reconcile/waits.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';
import { type LocalLedger, startLedger } from '../../support/ledger.ts';
import { APPROVAL, aRequest, DENIED } from '../../support/requests.ts';
import { FakeMachine } from './world.ts';

let local: LocalLedger;
let ledger: Ledger;
let machine: FakeMachine;
beforeEach(async () => {
  local = await startLedger();
  ledger = local.ledger;
  machine = new FakeMachine();
});
afterEach(() => local.stop());

const run = () => reconcile(machine.tools(ledger));

/** A request whose execution is in this state. */
async function recorded(id: string, status: string): Promise<ApprovalRequest> {
  const request = aRequest(id, { executionArn: machine.put(id, status, { resume: id }), document: pack(id) });
  await ledger.record(request);
  return request;
}

describe('an open request', () => {
  it('is left alone while its execution runs', async () => {
    await recorded('r1', 'RUNNING');
    expect(await run()).toEqual({ takenUp: 0, delivered: 0, further: 0, restarted: 0, confirmed: 0 });
    expect(machine.started).toEqual([]);
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'])(
    'whose execution ended as %s belongs to a new one, and to no other',
    async (status) => {
      await recorded('r1', status);
      expect(await run()).toMatchObject({ takenUp: 1, restarted: 0 });
      expect(machine.started).toEqual(['resume-r1-1']);
      expect(JSON.parse(machine.all.get(machine.arnOf('resume-r1-1'))?.input ?? '')).toEqual({
        resume: 'r1',
      });
      expect(await ledger.read('r1')).toMatchObject({ executionArn: machine.arnOf('resume-r1-1') });
      expect(await ledger.auditTrail('r1')).toMatchObject([{ event: 'request.resumed' }]);
    },
  );

  it('whose executions keep dying is taken up with growing waits', async () => {
    await recorded('r1', 'ABORTED');
    await run();
    machine.end('resume-r1-1', 'ABORTED');
    machine.pass(4);
    expect(await run()).toMatchObject({ takenUp: 0 });
    machine.pass(1);
    expect(await run()).toMatchObject({ takenUp: 1 });
    machine.end('resume-r1-2', 'ABORTED');
    machine.pass(9);
    expect(await run()).toMatchObject({ takenUp: 0 });
    machine.pass(1);
    expect(await run()).toMatchObject({ takenUp: 1 });
  });

  it('is taken up at once when somebody has asked for it, and then waits as before', async () => {
    await recorded('r1', 'ABORTED');
    await run();
    machine.end('resume-r1-1', 'ABORTED');
    expect(await run()).toMatchObject({ takenUp: 0 });
    expect(await ledger.resumeSoon('r1')).toBe(true);
    expect(await run()).toMatchObject({ takenUp: 1 });
    machine.end('resume-r1-2', 'ABORTED');
    expect(await run()).toMatchObject({ takenUp: 0 });
  });

  it('is taken up once by many at once', async () => {
    await recorded('r1', 'ABORTED');
    await Promise.all([run(), run(), run()]);
    expect(machine.started).toEqual(['resume-r1-1']);
  });

  it('whose execution was started just now, and is not shown yet, is left alone', async () => {
    const { executionArn } = await recorded('r1', 'GONE');
    machine.unseen.add(executionArn);
    machine.now = new Date(Date.parse(aRequest('r1').createdAt) + 59_000);
    expect(await run()).toMatchObject({ takenUp: 0 });
    machine.pass(1);
    expect(await run()).toMatchObject({ takenUp: 1 });
  });

  it('that one cannot be taken up does not hold up another', async () => {
    await recorded('r1', 'ABORTED');
    await recorded('r2', 'ABORTED');
    const { start } = machine;
    machine.start = (name, input) =>
      name.includes('r1') ? Promise.reject(new Error('Throttled')) : start.call(machine, name, input);
    expect(await run()).toMatchObject({ takenUp: 1 });
    expect(machine.started).toEqual(['resume-r2-1']);
  });
});

describe('a decision', () => {
  it('that its execution does not know of is handed on, once', async () => {
    await ledger.storeTaskToken(await recorded('r1', 'RUNNING'), 'token');
    await ledger.approve('r1', APPROVAL);
    expect(await run()).toMatchObject({ delivered: 1 });
    expect(await run()).toMatchObject({ delivered: 0 });
    expect(machine.delivered).toEqual(['token']);
    expect(await ledger.auditTrail('r1')).toMatchObject([
      { event: 'decision.delivered', detail: 'The state machine took it: approved.' },
    ]);
  });

  it('whose execution is dead is carried out by the next', async () => {
    await recorded('r1', 'FAILED');
    await ledger.decide('r1', DENIED);
    expect(await run()).toMatchObject({ takenUp: 1, delivered: 0 });
  });
});

describe('a dead execution', () => {
  const event = { detail: { eventID: 'e1' } };

  it('without a request is started again with its own input, and once for each failure', async () => {
    machine.put('first', 'FAILED', event, 'PolicyGuard.Failed');
    expect(await run()).toMatchObject({ restarted: 1 });
    const [name = ''] = machine.started;
    expect(name).toMatch(/^told-[0-9a-f]{32}-1-[0-9a-f]{24}$/);
    expect(JSON.parse(machine.all.get(machine.arnOf(name))?.input ?? '')).toEqual(event);
    machine.end(name, 'FAILED', 'PolicyGuard.Failed');
    expect(await run()).toMatchObject({ restarted: 0 });
    machine.pass(5);
    expect(await run()).toMatchObject({ restarted: 1 });
    expect(machine.started[1]).toMatch(new RegExp(`^${name.slice(0, -27)}-2-[0-9a-f]{24}$`));
  });

  it('is told of twice a day: its successor tells again where nobody was told, or not lately', async () => {
    machine.put('first', 'FAILED', event, 'PolicyGuard.Untold');
    const names: string[] = [];
    for (const [error, hours] of [
      ['PolicyGuard.Failed', 1],
      ['PolicyGuard.Failed', 6],
      ['PolicyGuard.Failed', 6],
      ['PolicyGuard.Failed', 1],
    ] as const) {
      await run();
      names.push(machine.started.at(-1) ?? '');
      machine.end(names.at(-1) ?? '', 'FAILED', error);
      machine.pass(hours * 60);
    }
    expect(names.map((name) => name.split('-')[0])).toEqual(['again', 'told', 'told', 'again']);
  });

  it('is left alone for good once one that was started in its place has come through', async () => {
    machine.put('first', 'FAILED', event);
    await run();
    machine.end(machine.started[0] ?? '', 'SUCCEEDED');
    for (let minutes = 0; minutes < 120; minutes += 5) {
      machine.pass(5);
      expect(await run()).toMatchObject({ restarted: 0 });
    }
  });

  it('that people were told of, and that no try helps, is left to them', async () => {
    machine.put('first', 'FAILED', event, 'PolicyGuard.LeftToPeople');
    expect(await run()).toMatchObject({ restarted: 0 });
  });

  it.each([
    ['PolicyGuard.Failed', 0],
    ['PolicyGuard.Untold', 1],
  ])('that failed as %s for more than a day is started %i times more', async (error, times) => {
    machine.put('first', 'FAILED', event, error);
    await run();
    machine.end(machine.started[0] ?? '', 'FAILED', error);
    machine.pass(25 * 60);
    expect(await run()).toMatchObject({ restarted: times });
  });

  it.each([
    [undefined, 1],
    ['2026-03-01T12:30:00.000Z', 0],
  ])('of a request that has ended, told at %s, is taken up %i times', async (announcedAt, times) => {
    await recorded('r1', 'FAILED');
    machine.put('r1', 'FAILED', { resume: 'r1' });
    await ledger.decide('r1', DENIED);
    await ledger.close('r1', 'denied', 'Done.', '2026-03-01T12:20:00.000Z');
    if (announcedAt !== undefined) await ledger.storeAnnounced('r1', announcedAt);
    expect(await run()).toMatchObject({ takenUp: 0, restarted: times });
  });
});

describe('events that were not delivered', () => {
  const messages = [
    { messageId: 'm1', body: '{"id":"e1"}' },
    { messageId: 'm2', body: '{"id":"e1"}' },
    { messageId: 'm3', body: '{"id":"e2"}' },
  ];

  it('are on their way again, each event once', async () => {
    expect(await deliverEvents(machine.tools(ledger), messages)).toEqual([]);
    expect(machine.started).toHaveLength(2);
  });

  it('stay in the queue when they cannot be started', async () => {
    machine.start = () => Promise.reject(new Error('Away'));
    expect(await deliverEvents(machine.tools(ledger), messages)).toEqual(['m1', 'm2', 'm3']);
  });
});

it('waits double, and stay within a quarter of an hour', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6].map((attempts) => waitAfter(attempts, WAITS) / 60_000);
  expect(minutes).toEqual([0, 5, 10, 15, 15, 15, 15]);
});

describe('what else an event was about', () => {
  const event = { detail: { eventName: 'PutUserPolicy' } };
  const further = (executionArn: string) => ({
    ...{ requestId: 'r2', executionArn, padded: { policyName: 'other' } },
    at: '2026-03-01T12:00:00.000Z',
  });

  it('has an execution of its own: the same event, with its name', async () => {
    await ledger.keepFurther(further(machine.put('first', 'SUCCEEDED', event)));
    expect(await run()).toMatchObject({ further: 1 });
    expect(machine.started).toEqual(['padded-r2']);
    expect(JSON.parse(machine.all.get(machine.arnOf('padded-r2'))?.input ?? '')).toEqual({
      ...event,
      padded: { policyName: 'other' },
    });
    expect(await ledger.listFurther()).toEqual([]);
  });

  it('has it once, however often it is kept', async () => {
    const kept = further(machine.put('first', 'RUNNING', event));
    for (let times = 0; times < 2; times++) {
      await ledger.keepFurther(kept);
      await run();
    }
    expect(machine.started).toEqual(['padded-r2']);
  });

  it('is kept while nothing tells what the event was', async () => {
    const lost = further(machine.put('first', 'SUCCEEDED', event));
    machine.unseen.add(lost.executionArn);
    await ledger.keepFurther(lost);
    expect(await run()).toMatchObject({ further: 0 });
    expect(await ledger.listFurther()).toEqual([lost]);
  });
});

describe('whom a change was made of, where nobody of its name holds it', () => {
  const event = fixtureEvent('put-user-policy');
  const { userName, policyName } = event.detail.requestParameters as Record<string, string>;
  const keep = async () => {
    const executionArn = machine.put('first', 'SUCCEEDED', event);
    const padded = { policyName: policyName as string };
    await ledger.keepFurther({
      ...{ requestId: 'sought', executionArn, padded },
      ...{ seeksHolder: true, at: machine.now.toISOString() },
    });
  };
  const giveUp = (at: string) =>
    ledger.keepRename({
      ...{ entity: 'user', formerly: userName as string, now: 'mine-now' },
      ...{ id: 'AIDAMINE', at },
    });

  it('is found by who has given the name up since', async () => {
    await keep();
    expect(await run()).toMatchObject({ further: 0 });
    await giveUp('2026-03-02T09:16:00.000Z');
    expect(await run()).toMatchObject({ further: 1 });
    const [name = ''] = machine.started;
    expect(name).toMatch(/^padded-pg-[a-z2-7]{10}$/);
    expect(JSON.parse(machine.all.get(machine.arnOf(name))?.input ?? '')).toEqual({
      ...event,
      padded: { policyName, holderId: 'AIDAMINE', userName },
    });
    expect(await ledger.listFurther()).toEqual([]);
    expect(await run()).toMatchObject({ further: 0 });
  });

  it('is not who had given it up before', async () => {
    await giveUp('2020-01-01T00:00:00.000Z');
    await keep();
    expect(await run()).toMatchObject({ further: 0 });
    expect(await ledger.listFurther()).toHaveLength(1);
  });

  it('is looked for no longer than an hour', async () => {
    await keep();
    machine.pass(60);
    await run();
    expect(await ledger.listFurther()).toHaveLength(1);
    machine.pass(1);
    expect(await run()).toMatchObject({ further: 0 });
    expect(await ledger.listFurther()).toEqual([]);
  });
});

describe('whoever gets the e-mails', () => {
  const admin = { protocol: 'email', endpoint: 'security@example.com', confirmed: true };
  const stranger = { ...admin, endpoint: 'mallory@example.net' };

  it.each([
    ['the administrator alone', [admin], []],
    ['a stranger, though there is nothing to mail', [admin, stranger], ['StrangersSubscribed 1']],
  ])('is counted where it should not be there: %s', async (_, subscriptions, counted) => {
    machine.subscriptions = subscriptions;
    await run();
    expect(machine.counted).toEqual(counted);
  });
});

describe('how long ago the last complete sweep was', () => {
  it('is not told before the first', async () => {
    await run();
    expect(machine.counted).toEqual([]);
  });

  it('is told with each run, in minutes, for the alarm', async () => {
    const completeAt = machine.now.toISOString();
    await ledger.storeSweepState({ firstRunAt: completeAt, completeAt, found: 0 });
    for (const minutes of [20, 5]) {
      machine.now = new Date(machine.now.getTime() + minutes * 60_000);
      await run();
    }
    expect(machine.counted).toEqual(['MinutesSinceSweep 20', 'MinutesSinceSweep 25']);
  });
});
