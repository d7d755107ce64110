import { describe, expect, it } from 'vitest';
import type { Change, Requester } from '../../../workflow/events/change.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { askAgain } from '../../../workflow/steps/ask-again.ts';
import type { Contained, Waiting } from '../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { APPROVAL, aChange, aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();
const now = new Date('2026-03-01T12:30:00.000Z');
const nudgeRules = { reminderSeconds: 14_400, adminEmailSeconds: 43_200 };
const NOW_FOR = { id: 'AROANOW' };

let count = 0;
async function approved(more: Partial<ApprovalRequest> = {}): Promise<Contained> {
  const id = `again${++count}`;
  const request = aRequest(id, { document: pack(id), principal: { id: 'AROABEFORE' }, ...more });
  await ledger.record(request);
  await ledger.approve(id, APPROVAL);
  const { change, inspection, containment, executionArn } = request;
  return {
    ...{ requestId: id, status: 'recorded', change, inspection, containment, executionArn },
    ...{ outcome: 'superseded', detail: 'Others may become the role now.', askAgain: true },
    principal: NOW_FOR,
  };
}

/** Another event about the same has a request of its own, which waits. */
async function another(
  { requestId, change, executionArn }: Contained,
  more: Partial<Change> = {},
): Promise<ApprovalRequest> {
  const id = `${requestId}-another`;
  const request = aRequest(id, { document: pack(requestId), executionArn: `${executionArn}-2` });
  const other = { ...request, change: { ...change, requestId: id, ...more } };
  await ledger.record(other);
  return other;
}

const told: Contained[] = [];
const MATCHED = { status: 'matched', slackUserId: 'U1', by: 'email' } as const;
const asks = (ended: Contained, announce = async (state: Contained) => void told.push(state)) => {
  const beforeAsked = { requester: { status: 'unknown', why: 'Not asked yet' }, approvalsNeeded: 2 } as const;
  const identify = async () => ({ requester: MATCHED, approvalsNeeded: 1 });
  const rules = { timeoutSeconds: 86_400, nudgeRules, approvalsRequired: 1 };
  return askAgain({ ledger, now, ...rules, beforeAsked, identify, announce }, ended);
};
const step = async (...given: Parameters<typeof asks>): Promise<Waiting | Contained> => {
  const result = await asks(...given);
  if ('verdict' in result) throw new Error('It is quarantined again.');
  return result;
};

describe('what was approved for others than it would serve now', () => {
  it('is asked about anew, for those whom it would serve, with the time and the votes of a new request', async () => {
    const ended = await approved();
    const waiting = await step(ended);
    expect(waiting).toMatchObject({ status: 'recorded', wait: { seconds: 14_400 } });
    expect(waiting).not.toHaveProperty('outcome');
    const request = await ledger.read(waiting.requestId);
    expect(request).toMatchObject({
      ...{ status: 'pending', principal: NOW_FOR, document: pack(ended.requestId), asked: 2, votes: [] },
      ...{ createdAt: now.toISOString(), expiresAt: '2026-03-02T12:30:00.000Z' },
    });
    expect(request?.decision).toBeUndefined();
    expect(request?.change.requestId).toBe(waiting.requestId);
    expect(told.at(-1)?.detail).toContain(`Request ${waiting.requestId} asks about it anew.`);
  });

  it('is asked about as the first time: who made it, what came of earlier requests, an entry in the trail', async () => {
    const { requestId } = await step(await approved());
    expect(await ledger.read(requestId)).toMatchObject({
      ...{ requester: MATCHED, approvalsNeeded: 1, earlier: { orMore: expect.any(Boolean) } },
    });
    expect(await ledger.auditTrail(requestId)).toMatchObject([{ event: 'request.recorded' }]);
  });

  it('names its makers in the request that covers it already, so that none of them approves it', async () => {
    const makers = ['first', 'second'].map((id) => ({
      ...aChange().requester,
      arn: id,
      names: [id],
      label: id,
    }));
    const [first, second] = makers as [Requester, Requester];
    const named = { eventId: 'e2', executionArn: 'arn', at: now.toISOString(), requester: second };
    const known = { ...MATCHED, slackUserId: 'U2' };
    const ended = await approved({ alsoNamed: [{ ...named, match: known }] });
    const other = await another(ended, { requester: first });
    expect(await step(ended)).toMatchObject({ detail: expect.stringContaining(`Request ${other.id} asks`) });
    expect((await ledger.read(other.id))?.alsoNamed).toMatchObject([
      { requester: { label: ended.change.requester.label }, match: MATCHED },
      // What was read around the change is of its first maker: nobody else is judged by it.
      { requester: { label: 'second' }, match: known },
    ]);
  });

  it('is quarantined again, where another approval has put it back meanwhile', async () => {
    const ended = await approved();
    const { id } = await another(ended);
    await ledger.approve(id, APPROVAL);
    await expect(step(ended)).rejects.toThrow('try again');
    await ledger.close(id, 'approved', 'It is in force.', now.toISOString());
    const result = await asks(ended);
    expect(result).toMatchObject({ verdict: 'restricted', reason: expect.stringContaining(id) });
    const asked = await ledger.read(result.change?.requestId ?? '');
    expect(asked).toMatchObject({ status: 'pending', asked: 2 });
  });

  it('is asked about once, when the step is repeated because nobody could be told', async () => {
    const ended = await approved();
    const failing = async () => Promise.reject(new Error('Slack is away.'));
    await expect(step(ended, failing)).rejects.toThrow('Slack is away.');
    const waiting = await step(ended);
    expect(await step(ended)).toEqual(waiting);
  });

  it('ends without a second request, when another execution has asked already', async () => {
    const ended = await approved();
    const { requestId } = await step(ended);
    const other = { ...ended, executionArn: `${ended.executionArn}-resumed` };
    expect(await step(other)).toMatchObject({
      ...{ outcome: 'superseded', requestId: ended.requestId },
      detail: expect.stringContaining(`Request ${requestId} asks`),
    });
  });

  it('is not asked about a third time in a row by itself', async () => {
    const ended = await approved({ asked: 2 });
    expect(await step(ended)).toEqual(ended);
    expect(await ledger.read(ended.requestId)).toMatchObject({ toOpen: true, status: 'decided' });
  });

  it('is asked about once more when an approver has opened it', async () => {
    const ended = await approved({ asked: 2 });
    await step(ended);
    await ledger.close(ended.requestId, 'superseded', ended.detail, now.toISOString());
    expect(await ledger.reopen(ended.requestId)).toBe(true);
    const waiting = await step(ended);
    expect(waiting.requestId).not.toBe(ended.requestId);
    expect(await ledger.read(waiting.requestId)).toMatchObject({ asked: 1, status: 'pending' });
  });
});

describe('a request that has ended', () => {
  it('without room is decided again, and taken up at once', async () => {
    const { requestId } = await approved();
    await ledger.close(requestId, 'no-room', 'There is no room.', now.toISOString());
    expect(await ledger.reopen(requestId)).toBe(true);
    const open = await ledger.readOpen(requestId);
    expect(open).toMatchObject({ soon: true, request: { status: 'decided', opened: true } });
    expect(open?.request.outcome).toBeUndefined();
    expect((await ledger.listOpen()).map(({ request: { id } }) => id)).toContain(requestId);
  });

  it.each(['approved', 'denied', 'superseded', 'gone'] as const)('as %s is not opened', async (outcome) => {
    const { requestId } = await approved();
    await ledger.close(requestId, outcome, 'It ended.', now.toISOString());
    expect(await ledger.reopen(requestId)).toBe(false);
    expect(await ledger.read(requestId)).toMatchObject({ status: 'closed', outcome });
  });
});
