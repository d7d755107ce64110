import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent } from '../../support/fixture-events.ts';
import { BAD, HOLDER, INLINE_NAME, WAYS_IN } from '../../support/ways-in.ts';

describe.each(WAYS_IN)('$eventName', (way) => {
  beforeEach(() => {
    way.prepare(guard.iam);
    way.make(guard.iam);
  });

  it('comes from Inspect with its plan, the document and whom it serves, before anything is written', async () => {
    const { plan, document, principal } = await guard.inspect(way.event());
    expect(plan?.type).toBe(way.type);
    expect(document && unpack(document)).toBe(BAD);
    expect(principal?.id).toMatch(/^A(?:NPA|IDA|GPA|ROA)\d+$/);
    expect(guard.iam.calls.every((call) => /^(?:get|list)/.test(call))).toBe(true);
  });

  it('is written down beside the first write, with its document', async () => {
    const { requestId } = await guard.handle(way.event());
    const intent = guard.ledger.intents.get(requestId);
    expect(intent && unpack(intent.document)).toBe(BAD);
    expect(intent?.change.requestId).toBe(requestId);
  });

  it('found done by a second execution, whose first died before it recorded anything, is the guard’s own', async () => {
    const judgement = await guard.inspect(way.event());
    const first = await guard.quarantine(judgement);
    const second = await guard.quarantine(await guard.inspect(way.event()));
    // An attachment is read anew by Inspect, and what it is about does not change.
    expect(second.status).toBe('quarantined');
    expect(second.document).toEqual(first.document);
    expect(await guard.record(second)).toMatchObject({ end: 'waiting' });
    expect(await guard.decide(second.change.requestId, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(way.granted(guard.iam)).toBe(BAD);
  });

  it('that the ledger could not keep is kept by the log, document and all', async () => {
    const judgement = await guard.inspect(way.event());
    guard.ledger.down = true;
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
    expect(guard.logged).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ document: BAD }) }),
    );
  });
});

it('an inline policy that no event, inspection or execution knows is known by what was written down', async () => {
  guard.iam.createHolder('role', HOLDER.role);
  guard.iam.putInline('role', HOLDER.role, INLINE_NAME, BAD);
  const event = fixtureEvent('truncated-put-role-policy');
  const failure = { Error: 'Lambda.Unknown', Cause: '' };
  guard.iam.failAt({ call: 2, when: 'after' });
  const result = await guard.quarantine({ verdict: 'restricted', event, failure });
  expect(result.status).toBe('quarantined');
  expect(result.document && unpack(result.document)).toBe(BAD);
});
