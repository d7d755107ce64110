import { beforeEach, describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { discard } from '../../../workflow/steps/discard.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';
import { BAD, HARMLESS, HOLDER, INLINE_NAME, putEvent, WORSE } from '../../support/ways-in.ts';

beforeEach(() => {
  guard.iam.createHolder('role', HOLDER.role);
});

const put = (document: string) => guard.iam.putInline('role', HOLDER.role, INLINE_NAME, document);
const current = () => guard.iam.holder('role', HOLDER.role).inline.get(INLINE_NAME);

async function waiting(document: string, eventId: string) {
  put(document);
  const { end, requestId } = await guard.handle(putEvent('role', document, eventId));
  expect(end).toBe('waiting');
  return requestId;
}

describe('two restricted policies under one name', () => {
  it('holds the later one when the first event comes first', async () => {
    put(BAD);
    put(WORSE);
    expect(await guard.handle(putEvent('role', BAD, 'first'))).toMatchObject({ end: 'superseded' });
    expect(current()).toBe(WORSE);
    const { end, requestId } = await guard.handle(putEvent('role', WORSE, 'second'));
    expect(end).toBe('waiting');
    await guard.decide(requestId, 'approved');
    expect(current()).toBe(WORSE);
  });

  it('holds the later one when its event comes first, too', async () => {
    put(BAD);
    put(WORSE);
    const second = await guard.handle(putEvent('role', WORSE, 'second'));
    const first = await guard.handle(putEvent('role', BAD, 'first'));
    expect([second.end, first.end]).toEqual(['waiting', 'superseded']);
    expect(current()).toBe(PLACEHOLDER);
  });

  it('is no second request when the later one is held while the first waits for IAM to settle', async () => {
    put(BAD);
    put(WORSE);
    const judgement = await guard.inspect(putEvent('role', BAD, 'first'));
    guard.meanwhile = () => put(PLACEHOLDER);
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'superseded' });
  });

  it('can still approve the second when the first is denied', async () => {
    const first = await waiting(BAD, 'first');
    const second = await waiting(WORSE, 'second');
    expect(await guard.decide(first, 'denied')).toMatchObject({
      outcome: 'denied',
      detail: expect.stringContaining(`request ${second} waits for its place`),
    });
    expect(current()).toBe(PLACEHOLDER);
    expect(await guard.decide(second, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(current()).toBe(WORSE);
  });

  it('deletes the placeholder when both are denied', async () => {
    const first = await waiting(BAD, 'first');
    const second = await waiting(WORSE, 'second');
    await guard.decide(first, 'denied');
    await guard.decide(second, 'expired');
    expect(current()).toBeUndefined();
  });

  it('leaves an approved one alone when the other is denied or approved later', async () => {
    const first = await waiting(BAD, 'first');
    const second = await waiting(WORSE, 'second');
    await guard.decide(second, 'approved');
    expect(await guard.decide(first, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(current()).toBe(WORSE);
  });
});

describe('something else under the name', () => {
  it('is not overwritten by an approval', async () => {
    const id = await waiting(BAD, 'first');
    put(HARMLESS);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(current()).toBe(HARMLESS);
  });

  it('is not deleted by a denial, which says so', async () => {
    const id = await waiting(BAD, 'first');
    put(HARMLESS);
    expect(await guard.decide(id, 'denied')).toMatchObject({
      outcome: 'denied',
      detail: expect.stringContaining('left alone'),
    });
    expect(current()).toBe(HARMLESS);
  });

  it('is denied where an execution before this one had deleted the placeholder already', async () => {
    const id = await waiting(BAD, 'first');
    guard.ledger.decide(id, 'denied');
    await guard.carryOut(id, discard);
    guard.ledger.handovers.set(id, 1);
    expect(await guard.carryOut(id, discard)).toMatchObject({ outcome: 'denied' });
    expect(current()).toBeUndefined();
  });

  it('is gone when the policy alone was deleted while it waited', async () => {
    const id = await waiting(BAD, 'first');
    guard.iam.deleteInline('role', HOLDER.role, INLINE_NAME);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'gone' });
    expect(current()).toBeUndefined();
  });
});

describe('the reviewed document', () => {
  it('is what IAM holds, byte for byte, where the event differs in white space', async () => {
    const spaced = JSON.stringify(JSON.parse(BAD), null, 4);
    put(spaced);
    const { requestId } = await guard.handle(putEvent('role', BAD));
    await guard.decide(requestId, 'approved');
    expect(current()).toBe(spaced);
  });

  it('is read from IAM when it is cut off in the event', async () => {
    put(BAD);
    const { requestId } = await guard.handle(fixtureEvent('truncated-put-role-policy'));
    expect(current()).toBe(PLACEHOLDER);
    await guard.decide(requestId, 'approved');
    expect(current()).toBe(BAD);
  });

  it('is kept in the log before it is overwritten when neither event nor inspection has it', async () => {
    put(BAD);
    const event = fixtureEvent('truncated-put-role-policy');
    const failure = { Error: 'Lambda.Unknown', Cause: '' };
    guard.iam.failAt({ call: 2, when: 'after' });
    guard.ledger.down = true;
    const state = { verdict: 'restricted', event, failure } as const;
    expect(await guard.quarantine(state)).toMatchObject({ status: 'superseded' });
    expect(current()).toBe(PLACEHOLDER);
    expect(guard.logged).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ document: BAD }) }),
    );
  });
});

it('writes the placeholder once more where a lagging read shows the one from before', async () => {
  await waiting(BAD, 'first');
  const judgement = await guard.inspect(putEvent('role', BAD, 'second'));
  guard.iam.lag(1);
  put(BAD);
  await guard.quarantine(judgement);
  expect(current()).toBe(PLACEHOLDER);
});
