import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudTrailRecord } from '../../../../workflow/events/cloudtrail-record.ts';
import { parseChange } from '../../../../workflow/events/parse-change.ts';
import { describeRequester } from '../../../../workflow/events/requester.ts';
import type { Ledger } from '../../../../workflow/ledger/ledger.ts';
import type { AlsoNamed, ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { confirmEvents } from '../../../../workflow/reconcile/confirm/confirm.ts';
import { type LocalLedger, startLedger } from '../../../support/ledger.ts';
import { APPROVAL, aRequest, DENIED, REVIEWED } from '../../../support/requests.ts';
import { CONTAIN_ROLE, FakeMachine } from '../world.ts';
import { recordOf, userCalled } from './records.ts';

let local: LocalLedger;
let ledger: Ledger;
let machine: FakeMachine;
beforeEach(async () => {
  local = await startLedger();
  ledger = local.ledger;
  machine = new FakeMachine();
  machine.now = new Date('2026-03-01T12:40:00.000Z');
  machine.patienceMs = 30 * 60_000;
});
afterEach(() => local.stop());

const run = () => confirmEvents(machine.tools(ledger));

/** The event by which a user has created the policy. */
const createdBy = (userName: string, eventID: string): CloudTrailRecord =>
  recordOf(
    'CreatePolicy',
    { policyDocument: REVIEWED },
    { policy: { arn: 'arn:aws:iam::123456789012:policy/my-bad-policy', defaultVersionId: 'v1' } },
    { eventID, userIdentity: userCalled(userName) },
  );

const session = {
  ...{ type: 'AssumedRole', accountId: '123456789012', arn: `${CONTAIN_ROLE}/contain` },
  sessionContext: { sessionIssuer: { type: 'Role', arn: CONTAIN_ROLE, accountId: '123456789012' } },
};
/** What the guard itself has done about it. */
const QUARANTINED = recordOf(
  'CreatePolicyVersion',
  { policyArn: 'arn:aws:iam::123456789012:policy/my-bad-policy' },
  null,
  { eventID: 'quarantined', eventTime: '2026-03-01T12:00:03Z', userIdentity: session },
);

/** A request by an event in this user's name. */
async function recorded(
  userName: string,
  eventID: string,
  more: Partial<ApprovalRequest> = {},
): Promise<ApprovalRequest> {
  const { change } = parseChange(createdBy(userName, eventID));
  const executionArn = machine.put('told', 'RUNNING');
  const requester = { status: 'matched', slackUserId: userName, by: 'user-name' } as const;
  const request = aRequest('r1', {
    change: { ...change, requestId: 'r1' },
    executionArn,
    requester,
    ...more,
  });
  await ledger.record(request);
  return request;
}

const named = (userName: string, eventId: string): AlsoNamed => ({
  requester: describeRequester(createdBy(userName, eventId)),
  match: { status: 'matched', slackUserId: userName, by: 'user-name' },
  ...{ eventId, executionArn: machine.put(`told-${eventId}`, 'SUCCEEDED') },
  at: '2026-03-01T12:01:00.000Z',
});

const read = () => ledger.read('r1');

const CONTAINED = { type: 'managed-policy', inForceVersionId: 'v2', tookOut: true } as const;

/** The execution that tells who was refuted; nobody knows its name before. */
const TOLD = expect.stringMatching(/^unconfirmed-r1-[0-9a-f]{16}$/);

describe('an event', () => {
  it('that CloudTrail holds by this name is confirmed, and not asked about again', async () => {
    await recorded('devon', 'e1');
    machine.cloudTrail.records = [createdBy('devon', 'e1')];
    expect([await run(), await run()]).toEqual([1, 0]);
    expect(await read()).toMatchObject({ confirmed: machine.now.toISOString() });
    expect(await ledger.auditTrail('r1')).toMatchObject([{ event: 'event.confirmed', eventId: 'e1' }]);
  });

  it('that it does not show yet is asked about again', async () => {
    await recorded('devon', 'e1');
    machine.cloudTrail.records = [QUARANTINED];
    machine.now = new Date('2026-03-01T12:29:00.000Z');
    expect(await run()).toBe(0);
    expect((await read())?.refuted).toBeUndefined();
    machine.cloudTrail.records.push(createdBy('devon', 'e1'));
    expect(await run()).toBe(1);
  });

  it.each([
    ['is away', () => (machine.cloudTrail.isAway = true)],
    ['shows nothing that came after it', () => (machine.cloudTrail.records = [])],
  ])('is neither while CloudTrail %s, which is counted', async (_, fault) => {
    await recorded('devon', 'e1');
    fault();
    expect(await run()).toBe(0);
    expect(machine.counted).toEqual(['CloudTrailAway']);
    expect(await read()).not.toHaveProperty('refuted');
  });
});

describe('a name that CloudTrail does not confirm', () => {
  it('counts no more beside one that it does', async () => {
    await recorded('devon', 'e1');
    await ledger.nameRequester('r1', named('ada', 'e2'), 1);
    machine.cloudTrail.records = [createdBy('devon', 'e1'), QUARANTINED];
    expect(await run()).toBe(2);
    expect(await read()).toMatchObject({ alsoNamed: [{ refuted: { at: machine.now.toISOString() } }] });
    expect(machine.started).toEqual([TOLD]);
  });

  it('counts on where another event confirms it: whoever forges their own name is not freed', async () => {
    await recorded('mallory', 'forged');
    machine.cloudTrail.records = [createdBy('mallory', 'e1'), QUARANTINED];
    expect(await run()).toBe(1);
    const request = await read();
    expect(request).toMatchObject({ confirmed: expect.any(String), approvalsNeeded: 1 });
    expect(request).not.toHaveProperty('refuted');
  });

  it('gains nothing from the id of what a sweep has found', async () => {
    await recorded('devon', 'e1');
    await ledger.keepFound('sweep-1', '2026-03-01T12:00:00.000Z');
    await ledger.nameRequester('r1', named('ada', 'sweep-1'), 1);
    machine.cloudTrail.records = [createdBy('devon', 'e1'), QUARANTINED];
    await run();
    expect(await read()).toMatchObject({ alsoNamed: [{ refuted: { at: machine.now.toISOString() } }] });
  });

  it('gives way to whoever has made it, before it is dropped', async () => {
    await recorded('devon', 'forged');
    machine.cloudTrail.records = [createdBy('mallory', 'e1'), QUARANTINED];
    await run();
    expect(machine.started).toEqual(['genuine-r1-e1', TOLD]);
    expect(await read()).toMatchObject({
      ...{ refuted: {}, approvalsNeeded: 2 },
      alsoNamed: [{ eventId: 'e1', requester: { names: ['mallory'] } }],
    });
    const { input } = machine.all.get(machine.arnOf('genuine-r1-e1')) ?? {};
    expect(JSON.parse(input ?? '')).toMatchObject({ detail: { eventID: 'e1' } });
  });

  it('is reported with who has started the execution', async () => {
    const { executionArn } = await recorded('devon', 'forged');
    const startedAt = new Date('2026-03-01T12:00:00.400Z');
    const execution = machine.all.get(executionArn);
    if (execution) machine.all.set(executionArn, { ...execution, startedAt });
    const start = recordOf(
      'StartExecution',
      {},
      { executionArn },
      {
        ...{ eventSource: 'states.amazonaws.com', sourceIPAddress: '203.0.113.9' },
      },
    );
    machine.cloudTrail.records = [createdBy('mallory', 'e1'), start];
    await run();
    expect(await read()).toMatchObject({
      refuted: { startedBy: 'mallory (IAM user), from 203.0.113.9' },
    });
  });

  it('counts again when another event gives it', async () => {
    await recorded('devon', 'e1');
    await ledger.nameRequester('r1', named('ada', 'forged'), 1);
    machine.cloudTrail.records = [createdBy('devon', 'e1'), QUARANTINED];
    await run();
    expect(await ledger.nameRequester('r1', named('ada', 'forged'), 1)).toBe('named');
    expect(await read()).toMatchObject({ alsoNamed: [{ refuted: {} }] });
    await ledger.nameRequester('r1', named('ada', 'e3'), 1);
    expect((await read())?.alsoNamed).toEqual([named('ada', 'e3')]);
  });
});

describe('what nobody has changed', () => {
  it('is put back, without any approval', async () => {
    const request = await recorded('devon', 'forged', { containment: { ...CONTAINED, stood: true } });
    await ledger.storeTaskToken(request, 'token');
    machine.cloudTrail.records = [QUARANTINED];
    expect(await run()).toBe(1);
    expect(machine.delivered).toEqual(['token']);
    expect(await read()).toMatchObject({ status: 'decided', decision: { decision: 'unfounded' } });
    const { change, document } = request;
    const about = [
      `managed|${change.target.type === 'managed-policy' ? change.target.policyArn : ''}`,
      document?.sha256 ?? '',
    ] as const;
    expect(await ledger.findApproval(...about)).toBeUndefined();
    expect(await ledger.mayHavePutBack(...about)).toBe(true);
  });

  it.each([
    [
      'had been out of force already',
      undefined,
      { type: 'managed-policy', inForceVersionId: 'v2', stood: true },
    ],
    ['was not known to have stood there', undefined, CONTAINED],
    ['had been denied before', DENIED, undefined],
    ['had expired before', { ...DENIED, decision: 'expired' }, undefined],
  ] as const)('waits for people where it %s', async (_, before, containment) => {
    if (before !== undefined) {
      const { change } = parseChange(createdBy('devon', 'before'));
      await ledger.record(aRequest('r0', { change: { ...change, requestId: 'r0' } }));
      await ledger.decide('r0', before);
    }
    await recorded('devon', 'forged', containment && { containment });
    machine.cloudTrail.records = [QUARANTINED];
    await run();
    expect(await read()).toMatchObject({ status: 'pending', refuted: {} });
    expect(machine.started).toContainEqual(TOLD);
  });

  it.each([
    ['denied', () => ledger.decide('r1', DENIED)],
    ['approved', () => ledger.approve('r1', APPROVAL)],
  ])('stays as people have decided: %s', async (decision, decide) => {
    await recorded('devon', 'forged');
    await decide();
    machine.cloudTrail.records = [QUARANTINED];
    expect(await run()).toBe(1);
    expect(await read()).toMatchObject({ decision: { decision }, refuted: {} });
    expect(machine.started).toEqual([TOLD]);
  });
});
