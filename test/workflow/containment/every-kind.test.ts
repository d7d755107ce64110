import { beforeEach, describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { watchedEventNames } from '../../../workflow/events/watched-calls.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { discard } from '../../../workflow/steps/discard.ts';
import { restore } from '../../../workflow/steps/restore.ts';
import { guard } from '../../support/each-guard.ts';
import { NOW } from '../../support/guard.ts';
import { ARN, BAD, HARMLESS, WAYS_IN } from '../../support/ways-in.ts';

/** What stands in the grant's place once it is quarantined. */
const CONTAINED: Readonly<Record<string, string | undefined>> = {
  CreatePolicy: PLACEHOLDER,
  CreatePolicyVersion: HARMLESS,
  SetDefaultPolicyVersion: HARMLESS,
  PutUserPolicy: PLACEHOLDER,
  PutGroupPolicy: PLACEHOLDER,
  PutRolePolicy: PLACEHOLDER,
  AttachUserPolicy: undefined,
  AttachGroupPolicy: undefined,
  AttachRolePolicy: undefined,
};

/** What stands there once it is denied. */
const DENIED: Readonly<Record<string, string | undefined>> = {
  ...CONTAINED,
  PutUserPolicy: undefined,
  PutGroupPolicy: undefined,
  PutRolePolicy: undefined,
};

it('covers every kind that is watched', () => {
  expect(WAYS_IN.map(({ eventName }) => eventName).toSorted()).toEqual(watchedEventNames.toSorted());
});

describe.each(WAYS_IN)('$eventName', (way) => {
  beforeEach(() => {
    way.prepare(guard.iam);
    way.make(guard.iam);
  });

  const request = async (eventId?: string) => {
    const { end, requestId } = await guard.handle(way.event(eventId));
    expect(end).toBe('waiting');
    return requestId;
  };

  it('is quarantined: the grant is out of force, and the original can be read back byte for byte', async () => {
    const id = await request();
    expect(way.granted(guard.iam)).toBe(CONTAINED[way.eventName]);
    const recorded = guard.ledger.requests.get(id);
    expect(recorded?.document && unpack(recorded.document)).toBe(BAD);
    expect(recorded?.inspection).toMatchObject({ total: 1, findings: [{ restricted: 's3:DeleteObject' }] });
    expect(recorded?.quarantinedAt).toBe(NOW.toISOString());
  });

  it('is restored after an approval: exactly the reviewed bytes are in force', async () => {
    const id = await request();
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(way.granted(guard.iam)).toBe(BAD);
  });

  it.each(['denied', 'expired'] as const)('is discarded when it is %s', async (decision) => {
    const id = await request();
    expect(await guard.decide(id, decision)).toMatchObject({ outcome: decision });
    expect(way.granted(guard.iam)).toBe(DENIED[way.eventName]);
  });

  it('makes one request, however often the same event comes', async () => {
    await request();
    const state = JSON.stringify([...guard.iam.policies], replacer);
    expect(await guard.handle(way.event())).toMatchObject({ end: 'duplicate' });
    expect(JSON.stringify([...guard.iam.policies], replacer)).toBe(state);
    expect(guard.ledger.requests.size).toBe(1);
  });

  it('makes one request when the same event comes twice at once', async () => {
    const judgement = await guard.inspect(way.event());
    const first = await guard.quarantine(judgement);
    // The other execution waits for IAM to settle while this one is recorded.
    guard.meanwhile = () => void guard.record(first);
    const second = await guard.quarantine(judgement);
    await guard.record(first);
    expect(second.status).toBe('quarantined');
    expect(await guard.record(second)).toMatchObject({ end: 'duplicate' });
    expect(guard.ledger.requests.size).toBe(1);
  });

  it('goes out of force again when the requester puts it back while it waits, without a second request', async () => {
    const id = await request('first');
    const left = guard.iam.policies.get(ARN)?.defaultVersionId;
    way.again(guard.iam);
    const event = way.type === 'managed-policy' ? setDefaultAgain() : way.event('second');
    expect(await guard.handle(event)).toMatchObject({ end: 'duplicate' });
    expect(way.granted(guard.iam)).toBe(CONTAINED[way.eventName]);
    expect(guard.iam.policies.get(ARN)?.defaultVersionId).toBe(left);
    expect(guard.ledger.requests.size).toBe(1);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(way.granted(guard.iam)).toBe(BAD);
  });

  it.each(['approved', 'denied'] as const)(
    'is gone when what it sits on is deleted before it is %s',
    async (decision) => {
      const id = await request();
      way.remove(guard.iam);
      expect(await guard.decide(id, decision)).toMatchObject({ outcome: 'gone' });
      expect(way.granted(guard.iam)).toBeUndefined();
    },
  );

  it('is gone when what it sits on is deleted before the guard comes', async () => {
    const judgement = await guard.inspect(way.event());
    way.remove(guard.iam);
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'gone' });
  });

  it('is not taken for gone while IAM may only lag behind', async () => {
    const judgement = await guard.inspect(way.event());
    way.remove(guard.iam);
    await expect(guard.tryQuarantine(judgement, 0)).rejects.toMatchObject({ name: 'NotVisibleYetError' });
  });

  it('is put back into quarantine at its denial, should it be in force again', async () => {
    const id = await request();
    way.again(guard.iam);
    expect(await guard.decide(id, 'denied')).toMatchObject({ outcome: 'denied' });
    expect(way.granted(guard.iam)).toBe(DENIED[way.eventName]);
  });

  it('is neither restored nor discarded without the ledger saying so', async () => {
    const id = await request();
    const calls = guard.iam.calls.length;
    await expect(guard.carryOut(id, restore)).rejects.toMatchObject({ name: 'DecisionMissingError' });
    await expect(guard.carryOut(id, discard)).rejects.toMatchObject({ name: 'DecisionMissingError' });
    guard.ledger.decide(id, 'approved');
    await expect(guard.carryOut(id, discard)).rejects.toMatchObject({ name: 'DecisionMissingError' });
    guard.ledger.decide(id, 'denied');
    await expect(guard.carryOut(id, restore)).rejects.toMatchObject({ name: 'DecisionMissingError' });
    expect(guard.iam.calls).toHaveLength(calls);
  });

  it.each(['down', 'silent'] as const)(
    'is quarantined all the same while the ledger is %s',
    async (fault) => {
      guard.ledger[fault] = true;
      expect(await guard.quarantine(await guard.inspect(way.event()))).toMatchObject({
        status: 'quarantined',
      });
      expect(way.granted(guard.iam)).toBe(CONTAINED[way.eventName]);
    },
  );

  it('is quarantined from the event alone when the inspection failed', async () => {
    const failure = { Error: 'Lambda.Unknown', Cause: 'it broke' };
    const result = await guard.quarantine({ verdict: 'restricted', event: way.event(), failure });
    expect(result.status).toBe('quarantined');
    expect(result.inspection).toMatchObject({ total: 1 });
    expect(result.document && unpack(result.document)).toBe(BAD);
    expect(way.granted(guard.iam)).toBe(CONTAINED[way.eventName]);
  });

  function setDefaultAgain() {
    const set = WAYS_IN.find(({ eventName }) => eventName === 'SetDefaultPolicyVersion');
    const versionId = way.eventName === 'CreatePolicy' ? 'v1' : 'v2';
    const event = set?.event('second');
    return { ...event, detail: { ...event?.detail, requestParameters: { policyArn: ARN, versionId } } };
  }
});

function replacer(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
