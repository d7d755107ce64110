import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { quarantineAgain } from '../../../workflow/steps/resume.ts';
import { readStillInForce } from '../../../workflow/steps/still-in-force.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';
import { aRequest } from '../../support/requests.ts';
import {
  ARN,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
} from '../../support/ways-in.ts';

const FAILURE = { Error: 'Lambda.Unknown', Cause: 'it broke' };

describe('after a failed inspection', () => {
  it('does nothing about the guard’s own change', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    const event = createdEvent(HARMLESS);
    event.detail.userIdentity = fixtureIdentity('contain-role');
    const result = await guard.quarantine({ verdict: 'restricted', event, failure: FAILURE });
    expect(result).toMatchObject({ status: 'own-change', detail: expect.stringContaining('itself') });
    expect(guard.iam.calls).toEqual([]);
  });

  it('holds a change that looks harmless too, and says why', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    const state = { verdict: 'restricted', event: createdEvent(HARMLESS), failure: FAILURE } as const;
    expect(await guard.quarantine(state)).toMatchObject({
      status: 'quarantined',
      inspection: {
        findings: [],
        unreadable: 'The inspection failed (Lambda.Unknown), so the change counts as restricted.',
      },
    });
  });

  it('leaves alone what has been reported before, whatever became of it', async () => {
    guard.iam.createPolicy(ARN, BAD);
    const { requestId } = await guard.handle(createdEvent(BAD));
    await guard.decide(requestId, 'approved');
    guard.iam.calls.length = 0;
    const again = await guard.quarantine({
      verdict: 'restricted',
      event: createdEvent(BAD),
      failure: FAILURE,
    });
    expect(again).toMatchObject({ status: 'superseded', detail: expect.stringContaining(requestId) });
    expect(again.detail).toMatch(/reported before.*Nothing was changed\.$/);
    expect(guard.iam.calls).toEqual([]);
    expect(guard.iam.inForce(ARN)).toBe(BAD);
  });

  it('holds it all the same while the ledger does not answer', async () => {
    guard.iam.createPolicy(ARN, BAD);
    await guard.decide((await guard.handle(createdEvent(BAD))).requestId, 'approved');
    guard.ledger.down = true;
    const state = { verdict: 'restricted', event: createdEvent(BAD), failure: FAILURE } as const;
    expect(await guard.quarantine(state)).toMatchObject({ status: 'quarantined' });
  });

  it.each([
    ['does not name what was changed', fixtureEvent('omitted-put-role-policy')],
    ['is no change', fixtureEvent('unwatched-create-user')],
    ['is nothing at all', null],
  ])('fails for a person to look at when the event %s', async (_what, event) => {
    await expect(guard.quarantine({ verdict: 'restricted', event, failure: FAILURE })).rejects.toMatchObject({
      name: 'PolicyGuard.UnknownChange',
    });
  });
});

describe('what a session of the guard’s own role put in force', () => {
  const event = createdEvent(BAD);
  event.detail.userIdentity = fixtureIdentity('contain-role');

  it('is taken out at once while the ledger is silent: it is asked once, and not waited for', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.ledger.down = true;
    const judgement = await guard.inspect(event);
    let waits = 0;
    guard.meanwhile = () => {
      waits += 1;
    };
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
    expect(waits).toBe(0);
  });
});

describe('what people were asked about while it could not be taken out of force', () => {
  const ofGuard = (version: string) => {
    const event = defaultEvent(version);
    event.detail.userIdentity = fixtureIdentity('contain-role');
    return event;
  };

  /** Inspect and Quarantine have failed, and StillInForce has made a request. */
  function askedAbout(event: unknown): ApprovalRequest {
    const trouble = { Error: 'ThrottlingException', Cause: 'Rate exceeded' };
    const { change, event: kept } = readStillInForce({
      verdict: 'restricted',
      event,
      failure: FAILURE,
      trouble,
    });
    if (change === undefined) throw new Error('The event tells no change.');
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:guard:0';
    const request = aRequest(change.requestId, {
      ...{ change, executionArn, containment: { type: 'none' }, inForceBecause: trouble.Error },
      ...{ document: undefined, event: kept },
    });
    guard.ledger.requests.set(request.id, request);
    return request;
  }

  it('is taken out as soon as that can be done: its own request is no reason to leave it', async () => {
    guard.iam.createPolicy(ARN, BAD);
    askedAbout(createdEvent(BAD));
    const state = { verdict: 'restricted', event: createdEvent(BAD), failure: FAILURE } as const;
    expect(await guard.quarantine(state)).toMatchObject({ status: 'quarantined' });
    expect(guard.iam.inForce(ARN)).not.toBe(BAD);
  });

  it.each([
    ['the execution that has asked', undefined],
    ['one that takes the request up', 'ThrottlingException'],
  ])('is left alone by %s once it shows that the guard has made it itself', async (_who, why) => {
    guard.iam.createPolicy(ARN, HARMLESS);
    const event = ofGuard('v1');
    const request = askedAbout(event);
    const failed = { verdict: 'restricted', event, failure: FAILURE } as const;
    const ended = await guard.quarantine(why === undefined ? failed : quarantineAgain(request, why));
    expect(ended).toMatchObject({ status: 'own-change', asked: true });
    expect(guard.iam.calls.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  it('is taken out where the guard’s role was another’s to use', async () => {
    guard.iam.createPolicy(ARN, BAD);
    const request = askedAbout(ofGuard('v1'));
    expect(await guard.quarantine(quarantineAgain(request, 'ThrottlingException'))).toMatchObject({
      ...{ status: 'quarantined', byGuard: true },
    });
    expect(guard.iam.inForce(ARN)).not.toBe(BAD);
  });
});

it('fails with the reason when the judgement could not name the change', async () => {
  const judgement = await guard.inspect(fixtureEvent('omitted-put-role-policy'));
  await expect(guard.quarantine(judgement)).rejects.toThrow(/eventID 00000000-.*by hand/);
});

it('says what was unreadable to the inspection, though the document can be read by now', async () => {
  const judgement = await guard.inspect(defaultEvent('v2'));
  guard.iam.createPolicy(ARN, HARMLESS);
  guard.iam.createVersion(ARN, HARMLESS);
  expect((await guard.quarantine(judgement)).inspection).toMatchObject({
    findings: [],
    unreadable: expect.stringContaining('IAM does not show one'),
  });
});

it('summarises the bytes that IAM holds, where the event was unreadable', async () => {
  const judgement = await guard.inspect(defaultEvent('v1'));
  expect(judgement.inspection?.unreadable).toBeDefined();
  guard.iam.createPolicy(ARN, BAD);
  const { inspection } = await guard.quarantine(judgement);
  expect(inspection).toMatchObject({ total: 1, findings: [{ restricted: 's3:DeleteObject' }] });
  expect(inspection.unreadable).toBeUndefined();
});

it('keeps the whole output of a huge document well under the limit of a state', async () => {
  const statements = Array.from({ length: 900 }, (_, index) => ({
    Effect: 'Allow',
    Action: ['s3:DeleteBucket', 's3:DeleteObject'],
    Resource: Array.from({ length: 2 }, () => `arn:aws:s3:::${'b'.repeat(20)}${index}/*`),
  }));
  const huge = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  guard.iam.unlimited = true;
  guard.iam.createHolder('user', 'bob');
  guard.iam.putInline('user', 'bob', 'clean-up', huge);
  const result = await guard.quarantine(await guard.inspect(putEvent('user', huge)));
  expect(result.status).toBe('quarantined');
  expect(JSON.stringify(result).length).toBeLessThan(131_072);
});

describe('what is taken from a user while the ledger does not tell who held it before', () => {
  const { user } = HOLDER;
  const put = (document: string) => guard.iam.putInline('user', user, INLINE_NAME, document);
  const current = () => guard.iam.holder('user', user).inline.get(INLINE_NAME);
  /** @returns the id of the request that is recorded once the ledger answers */
  async function takenInSilence(): Promise<string> {
    guard.ledger.silent = true;
    const event = putEvent('user', BAD);
    event.detail.eventTime = '2026-03-02T09:16:05Z';
    const quarantined = await guard.quarantine(await guard.inspect(event));
    expect(current()).not.toBe(BAD);
    guard.ledger.silent = false;
    await guard.record(quarantined);
    return quarantined.change.requestId;
  }

  it('is given back with a denial, byte for byte, where the inventory shows that it was', async () => {
    guard.iam.createHolder('user', user);
    put(BAD);
    guard.sweep({ isFirst: true });
    const requestId = await takenInSilence();
    guard.sweep();
    expect(await guard.decide(requestId, 'denied')).toMatchObject({
      outcome: 'denied',
      detail: expect.stringContaining('held before the change'),
    });
    expect(current()).toBe(BAD);
  });

  it('is gone for good with a denial where it was not', async () => {
    guard.iam.createHolder('user', user);
    guard.sweep({ isFirst: true });
    put(BAD);
    await guard.decide(await takenInSilence(), 'denied');
    expect(current()).toBeUndefined();
  });
});

it('is taken from nobody else who has the name since, once whom it was about is gone', async () => {
  const { user } = HOLDER;
  guard.iam.createHolder('user', user);
  guard.iam.putInline('user', user, INLINE_NAME, BAD);
  const { requestId } = await guard.handle(putEvent('user', BAD));
  guard.iam.deleteHolder('user', user);
  guard.iam.createHolder('user', user);
  guard.iam.putInline('user', user, INLINE_NAME, BAD);
  expect(await guard.decide(requestId, 'denied')).toMatchObject({ outcome: 'gone' });
  expect(guard.iam.getInline('user', user, INLINE_NAME)).toBe(BAD);
});
