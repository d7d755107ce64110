import { describe, expect, it } from 'vitest';
import { type DecideInput, decide } from '../../../workflow/decisions/decide.ts';
import type { TaskCallbacks } from '../../../workflow/decisions/task-callbacks.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

const now = new Date('2026-03-01T12:05:00.000Z');
const robin = { name: 'Robin', slackUserId: 'U0ROBIN' };
const sam = { name: 'Sam', slackUserId: 'U0SAM' };

/** Step Functions that notes what it takes: a token once. `answer` may be a failure. */
function stepFunctions(answer: 'delivered' | 'closed' | Error = 'delivered') {
  const told: { taskToken: string }[] = [];
  const reply = async (call: { taskToken: string }) => {
    if (answer instanceof Error) throw answer;
    if (told.some(({ taskToken }) => taskToken === call.taskToken)) return 'closed';
    told.push(call);
    return answer;
  };
  const callbacks: TaskCallbacks = {
    succeed: (taskToken, output) => reply(Object.assign({ taskToken }, { output })),
    fail: (taskToken, error, cause) =>
      reply(Object.assign({ taskToken }, { error, cause: JSON.parse(cause) })),
  };
  return { told, callbacks };
}

let count = 0;
async function waitingRequest(): Promise<string> {
  const id = `decide${++count}`;
  await ledger.record(aRequest(id, { document: pack(id) }));
  await ledger.storeTaskToken(aRequest(id), `token-of-${id}`);
  return id;
}

const approve = (requestId: string): DecideInput => ({
  requestId,
  decision: 'approved',
  by: robin,
  via: 'slack',
  slackTeamId: 'T0TEAM',
});
const deny = (requestId: string): DecideInput => ({ requestId, decision: 'denied', by: sam, via: 'slack' });

describe('deciding', () => {
  it('approves with SendTaskSuccess and the newest token', async () => {
    const id = await waitingRequest();
    await ledger.storeTaskToken(aRequest(id), 'newer');
    const { told, callbacks } = stepFunctions();
    const decision = { decision: 'approved', by: robin, via: 'slack', at: now.toISOString() };
    expect(await decide({ ledger, callbacks, now }, approve(id))).toMatchObject({
      status: 'decided',
      decision,
    });
    expect(told).toEqual([{ taskToken: 'newer', output: { decision } }]);
  });

  it('denies with SendTaskFailure, PolicyGuard.Denied and the decision as its cause', async () => {
    const id = await waitingRequest();
    const { told, callbacks } = stepFunctions();
    const input = { ...deny(id), reason: '  not before the audit \n' };
    const decision = {
      decision: 'denied',
      by: sam,
      via: 'slack',
      at: now.toISOString(),
      reason: 'not before the audit',
    };
    expect(await decide({ ledger, callbacks, now }, input)).toMatchObject({ status: 'decided', decision });
    expect(told).toEqual([{ taskToken: `token-of-${id}`, error: 'PolicyGuard.Denied', cause: decision }]);
  });

  it('tells whoever comes second whose decision it was, and Step Functions is told once', async () => {
    const id = await waitingRequest();
    const { told, callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve(id));
    expect(await decide({ ledger, callbacks, now }, deny(id))).toMatchObject({
      status: 'already-decided',
      decision: { decision: 'approved', by: robin },
    });
    expect(told).toHaveLength(1);
  });

  it('lets the winner, and only the winner, show the decision before the state machine goes on', async () => {
    const id = await waitingRequest();
    const { told, callbacks } = stepFunctions();
    const shown: unknown[] = [];
    const beforeDelivery = async (_: unknown, decision: unknown) => {
      expect(told).toEqual([]);
      shown.push(decision);
    };
    await decide({ ledger, callbacks, now, beforeDelivery }, approve(id));
    await decide({ ledger, callbacks, now, beforeDelivery }, deny(id));
    expect(shown).toMatchObject([{ decision: 'approved', by: robin }]);
    expect(told).toHaveLength(1);
  });

  it('keeps a decision that Step Functions could not be told of, and the next click delivers it as it was', async () => {
    const id = await waitingRequest();
    const down = stepFunctions(new Error('throttled'));
    expect(await decide({ ledger, callbacks: down.callbacks, now }, approve(id))).toMatchObject({
      status: 'undelivered',
      mine: true,
      cause: new Error('throttled'),
    });
    expect(await decide({ ledger, callbacks: down.callbacks, now }, deny(id))).toMatchObject({
      status: 'undelivered',
      mine: false,
      decision: { decision: 'approved' },
    });
    const up = stepFunctions();
    expect(await decide({ ledger, callbacks: up.callbacks, now }, deny(id))).toMatchObject({
      status: 'already-decided',
    });
    expect(up.told).toMatchObject([{ taskToken: `token-of-${id}`, output: { decision: { by: robin } } }]);
  });

  it('is a decision even when the wait has just ended: the state machine reads it in the ledger', async () => {
    const id = await waitingRequest();
    const { callbacks } = stepFunctions('closed');
    expect(await decide({ ledger, callbacks, now }, approve(id))).toMatchObject({ status: 'decided' });
    expect((await ledger.read(id))?.decision).toMatchObject({ decision: 'approved' });
  });

  it('refuses an approver who turns out to be the requester, and audits it', async () => {
    const id = await waitingRequest();
    await ledger.storeRequester(id, { status: 'matched', slackUserId: robin.slackUserId, by: 'email' }, 1);
    const { told, callbacks } = stepFunctions();
    expect(await decide({ ledger, callbacks, now }, approve(id))).toEqual({ status: 'own-request' });
    expect(told).toEqual([]);
    expect(await ledger.auditTrail(id)).toMatchObject([
      { event: 'decision.refused', detail: expect.stringContaining('requester'), slackUserId: 'U0ROBIN' },
    ]);
  });

  it('is a decision before there is any token', async () => {
    const id = `decide${++count}`;
    await ledger.record(aRequest(id, { document: pack(id) }));
    const { told, callbacks } = stepFunctions();
    expect(await decide({ ledger, callbacks, now }, approve(id))).toMatchObject({ status: 'decided' });
    expect(told).toEqual([]);
    expect(await ledger.storeTaskToken(aRequest(id), 'late')).toMatchObject({ status: 'decided' });
  });

  it('decides nothing for a request that expired, ended otherwise, or never was', async () => {
    const { told, callbacks } = stepFunctions();
    const [expired, gone] = [await waitingRequest(), await waitingRequest()];
    const expiry = {
      decision: 'expired',
      by: { name: 'nobody' },
      via: 'timeout',
      at: now.toISOString(),
    } as const;
    await ledger.decide(expired, expiry);
    await ledger.close(gone, 'gone', 'It was deleted.', now.toISOString());
    expect(await decide({ ledger, callbacks, now }, approve(expired))).toMatchObject({
      status: 'already-decided',
      decision: expiry,
    });
    expect(await decide({ ledger, callbacks, now }, approve(gone))).toMatchObject({
      status: 'closed',
      request: { outcome: 'gone' },
    });
    expect(await decide({ ledger, callbacks, now }, approve('nowhere'))).toEqual({ status: 'unknown' });
    expect(told).toEqual([]);
  });

  it('cuts a reason that would not fit into the cause of a failed task', async () => {
    const id = await waitingRequest();
    const { callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, { ...deny(id), reason: 'x'.repeat(100_000) });
    expect((await ledger.read(id))?.decision?.reason).toHaveLength(3_000);
  });
});

describe('where two approvers are needed', () => {
  const needsTwo = async () => {
    const id = `decide${++count}`;
    await ledger.record(aRequest(id, { document: pack(id), approvalsNeeded: 2 }));
    await ledger.storeTaskToken(aRequest(id), `token-of-${id}`);
    return id;
  };
  const later = new Date(now.getTime() + 1);
  const events = async (id: string) => (await ledger.auditTrail(id)).map(({ event }) => event);

  it('counts the first, and tells the state machine of the second', async () => {
    const id = await needsTwo();
    const { told, callbacks } = stepFunctions();
    expect(await decide({ ledger, callbacks, now }, approve(id))).toMatchObject({
      ...{ status: 'counted', missing: 1 },
      request: { status: 'pending', votes: [{ by: robin }] },
    });
    expect(told).toEqual([]);
    expect(await decide({ ledger, callbacks, now: later }, { ...approve(id), by: sam })).toMatchObject({
      ...{ status: 'decided', decision: { decision: 'approved', by: sam } },
      request: { votes: [{ by: robin }, { by: sam }] },
    });
    expect(told).toHaveLength(1);
    expect(await events(id)).toEqual(['vote.approved', 'decision.approved']);
  });

  it('counts nobody twice', async () => {
    const id = await needsTwo();
    const { callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve(id));
    expect(await decide({ ledger, callbacks, now: later }, approve(id))).toMatchObject({
      ...{ status: 'already-voted', missing: 1 },
    });
    expect(await events(id)).toEqual(['vote.approved', 'decision.refused']);
  });

  it('denies with one denial', async () => {
    const id = await needsTwo();
    const { told, callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve(id));
    expect(await decide({ ledger, callbacks, now }, deny(id))).toMatchObject({ status: 'decided' });
    expect(told).toMatchObject([{ error: 'PolicyGuard.Denied' }]);
  });

  it('says of a decision that glass was broken for one of its votes', async () => {
    const id = await needsTwo();
    const { told, callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, { ...approve(id), reason: 'It burns.', breakGlass: true });
    await decide({ ledger, callbacks, now: later }, { ...approve(id), by: sam });
    expect(told).toMatchObject([{ output: { decision: { by: sam, breakGlass: true } } }]);
    const [first, second, third] = await events(id);
    expect([first, second].sort()).toEqual(['decision.break-glass', 'vote.approved']);
    expect(third).toBe('decision.approved');
  });
});

describe('every attempt is audited', () => {
  it('with when the state machine took the decision: at once, or from whoever came next', async () => {
    const [taken, handedOn] = [await waitingRequest(), await waitingRequest()];
    const { callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve(taken));
    expect(await ledger.auditTrail(taken)).toMatchObject([{ deliveredAt: now.toISOString() }]);

    const down = stepFunctions(new Error('throttled'));
    await decide({ ledger, callbacks: down.callbacks, now }, approve(handedOn));
    const later = new Date(now.getTime() + 1);
    await decide({ ledger, callbacks, now: later }, deny(handedOn));
    const [decision, ...others] = await ledger.auditTrail(handedOn);
    expect(decision).not.toHaveProperty('deliveredAt');
    expect(others).toMatchObject([
      { event: 'decision.delivered', at: later.toISOString() },
      { event: 'decision.refused' },
    ]);
  });

  it('with who, what and why not, with Slack ids, event id and execution, and without the task token', async () => {
    const id = await waitingRequest();
    const { callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve(id));
    await decide({ ledger, callbacks, now: new Date(now.getTime() + 1) }, deny(id));
    const trail = await ledger.auditTrail(id);
    expect(trail).toMatchObject([
      {
        event: 'decision.approved',
        detail: 'Robin (slack): approved',
        slackUserId: 'U0ROBIN',
        slackUserName: 'Robin',
        slackTeamId: 'T0TEAM',
        eventId: '6b6d5d4e-9a5e-4d4c-8a9b-0f7d6e5c4b3a',
        executionArn: `arn:aws:states:us-east-1:123456789012:execution:policy-guard:${id}`,
      },
      {
        event: 'decision.refused',
        detail: `Sam (slack): denied; it was approved by Robin at ${now.toISOString()}`,
      },
    ]);
    expect(JSON.stringify(trail)).not.toContain('token-of');
  });

  it('also an attempt on a request that never was', async () => {
    const { callbacks } = stepFunctions();
    await decide({ ledger, callbacks, now }, approve('made-up'));
    expect(await ledger.auditTrail('made-up')).toMatchObject([
      { event: 'decision.refused', detail: 'Robin (slack): approved; there is no such request' },
    ]);
  });
});
