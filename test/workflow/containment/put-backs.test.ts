import { beforeEach, describe, expect, it, test } from 'vitest';
import type { LedgerLookups } from '../../../workflow/containment/ledger-lookups.ts';
import type { OwnDoing } from '../../../workflow/containment/own-doing.ts';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { countPutBacks } from '../../../workflow/containment/put-backs.ts';
import type { QuarantineTask } from '../../../workflow/containment/tasks.ts';
import type { Change } from '../../../workflow/events/change.ts';
import { pack, unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard, versions, waiting } from '../../support/each-guard.ts';
import { aRequest } from '../../support/requests.ts';
import {
  ARN,
  attachEvent,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

let count: number;
beforeEach(() => {
  count = 0;
});

/** Makes the version default once more, and lets the guard hear of it. */
async function putBack(versionId = 'v1') {
  guard.iam.setDefault(ARN, versionId);
  return guard.handle(defaultEvent(versionId, `put-back-${++count}`));
}

it('deletes a version of whose putting in force it heard before its creation, and which is put back again', async () => {
  guard.iam.createPolicy(ARN, BAD);
  await waiting(defaultEvent('v1', 'heard-first'));
  expect(await guard.handle(createdEvent(BAD))).toMatchObject({ end: 'duplicate' });
  await putBack();
  await putBack();
  expect(versions()).toEqual(['v2']);
});

describe('a version that a change created, put back while its request waits', () => {
  let id: string;
  beforeEach(async () => {
    guard.iam.createPolicy(ARN, BAD);
    id = await waiting(createdEvent(BAD));
  });

  it('is kept the first time', async () => {
    expect(await putBack()).toMatchObject({ end: 'duplicate' });
    expect(versions()).toEqual(['v1', 'v2']);
  });

  it('is deleted though a loop makes it default again between two calls of the guard', async () => {
    await putBack();
    const deleteVersion = guard.iam.deleteVersion.bind(guard.iam);
    let races = 3;
    guard.iam.deleteVersion = (arn, versionId) => {
      if (races-- > 0) guard.iam.setDefault(ARN, 'v1');
      return deleteVersion(arn, versionId);
    };
    await putBack();
    expect(versions()).toEqual(['v2']);
  });

  it('is kept, and nobody is named, however many events tell of it that was out of force', async () => {
    await putBack();
    for (const eventId of ['second', 'third', 'fourth']) {
      const quarantined = await guard.quarantine(await guard.inspect(defaultEvent('v1', eventId)));
      expect(quarantined.status).toBe('quarantined');
      expect(quarantined.putBacks).toBeUndefined();
      expect(quarantined.detail).not.toContain('put back');
    }
    expect(versions()).toEqual(['v1', 'v2']);
  });

  describe('the second time', () => {
    beforeEach(async () => {
      await putBack();
      const again = await putBack();
      expect(again.detail).toMatch(/v1, which is deleted until it is approved\. It was put back 2 times/);
    });

    it('is deleted, so that nobody can put it back once more; the ledger keeps its document', () => {
      expect(versions()).toEqual(['v2']);
      expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
      const kept = [...guard.ledger.intents.values()].find(({ deletesVersion }) => deletesVersion);
      expect(kept && unpack(kept.document)).toBe(BAD);
    });

    it('is made anew by an approval, byte for byte', async () => {
      expect(await guard.decide(id, 'approved')).toEqual({
        outcome: 'approved',
        detail:
          'v1, made anew as v3, is in force again, exactly as reviewed; the placeholder version v2 is gone.',
      });
      expect(guard.iam.inForce(ARN)).toBe(BAD);
      expect(versions()).toEqual(['v3']);
    });

    it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
      'is made anew once, though the answer to call %i was lost',
      async (call) => {
        guard.iam.failAt({ call, when: 'after' });
        expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
        expect(versions()).toEqual(['v3']);
      },
    );

    it('stays deleted after a denial', async () => {
      expect(await guard.decide(id, 'denied')).toMatchObject({ outcome: 'denied' });
      expect(versions()).toEqual(['v2']);
    });

    it('is not made anew over what was put in force meanwhile', async () => {
      guard.iam.createVersion(ARN, HARMLESS);
      expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
      expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
    });

    it('says so when there is no room to make it anew, and the approval stands', async () => {
      for (let other = 0; other < 4; other++) guard.iam.createVersion(ARN, WORSE, false);
      guard.ledger.versionsUnderReview = async () => ['v3', 'v4', 'v5', 'v6'];
      expect(await guard.decide(id, 'approved')).toMatchObject({
        outcome: 'no-room',
        detail: expect.stringContaining('The approval stands'),
      });
    });

    it('gives up the oldest spare version to make it anew', async () => {
      for (let other = 0; other < 4; other++) guard.iam.createVersion(ARN, HARMLESS, false);
      expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
      expect(guard.iam.inForce(ARN)).toBe(BAD);
      expect(guard.ledger.archived).toMatchObject([{ versionId: 'v3' }]);
    });
  });

  it('is kept while the ledger cannot keep its document', async () => {
    await putBack();
    guard.iam.setDefault(ARN, 'v1');
    const judgement = await guard.inspect(defaultEvent('v1', 'again'));
    guard.ledger.keepIntent = async () => {
      throw new Error('The ledger is down.');
    };
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
    expect(versions()).toEqual(['v1', 'v2']);
  });

  it('is told with who did it, how often, and for how much of the time it was in force', async () => {
    await putBack();
    guard.iam.setDefault(ARN, 'v1');
    const { putBacks } = await guard.quarantine(await guard.inspect(defaultEvent('v1', 'again')));
    expect(putBacks).toEqual({
      count: 2,
      by: expect.stringContaining('('),
      shareInForce: expect.any(Number),
    });
    expect(putBacks?.shareInForce).toBeGreaterThan(0);
    expect(putBacks?.shareInForce).toBeLessThanOrEqual(1);
  });
});

it('a version that was there before any change is not deleted, however often it is made default', async () => {
  guard.iam.createPolicy(ARN, HARMLESS);
  guard.iam.createVersion(ARN, BAD, false);
  guard.iam.setDefault(ARN, 'v2');
  await waiting(defaultEvent('v2', 'first'));
  for (let times = 0; times < 4; times++) await putBack('v2');
  expect(versions()).toEqual(['v1', 'v2']);
  expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
});

it('a version that is created again with the same document is deleted from the second time on', async () => {
  guard.iam.createPolicy(ARN, HARMLESS);
  for (let times = 0; times < 6; times++) {
    const versionId = guard.iam.createVersion(ARN, BAD);
    await guard.handle(versionEvent(versionId, BAD, `time-${times}`));
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  }
  expect(versions()).toEqual(['v1', 'v2', 'v3']);
  expect(guard.ledger.requests.size).toBe(1);
});

it.each([
  [
    'an inline policy',
    () => guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD),
    (eventId: string) => putEvent('user', BAD, eventId),
    () => guard.iam.holder('user', HOLDER.user).inline.get(INLINE_NAME) !== BAD,
  ],
  [
    'an attachment',
    () => guard.iam.attach('user', HOLDER.user, ARN),
    (eventId: string) => attachEvent('user', eventId),
    () => !guard.iam.holder('user', HOLDER.user).attached.has(ARN),
  ],
])('%s is taken out each time, and counted', async (_what, make, event, isOut) => {
  guard.iam.createHolder('user', HOLDER.user);
  guard.iam.createPolicy(ARN, BAD);
  make();
  await waiting(event('first'));
  for (let times = 1; times <= 3; times++) {
    make();
    const { putBacks } = await guard.quarantine(await guard.inspect(event(`again-${times}`)));
    expect(putBacks?.count).toBe(times);
    expect(isOut()).toBe(true);
  }
});

test.each([
  ['reported', 'first', 'second'],
  ['first', 'reported', 'second'],
  ['second', 'first', 'reported'],
])(
  'put back twice in the second of the change, each counts, also where the ledger has %s, %s, %s',
  async (...ids) => {
    const change = (requestId: string): Change => ({ ...aRequest(requestId).change, requestId });
    const intents = ids.map((id) => ({
      change: change(id),
      executionArn: 'arn',
      document: pack(BAD),
      plan: { type: 'managed-policy' as const, instead: { versionId: 'v1' }, leftOut: [] },
      tookOut: true as const,
      at: new Date(0).toISOString(),
    }));
    const seen = await countPutBacks(
      { change: change('second'), executionArn: 'arn', retryCount: 0 } as QuarantineTask,
      BAD,
      { intents: async () => intents } as unknown as OwnDoing,
      true,
      { now: () => new Date(), lookups: { waitingFor: async () => 'reported' } as unknown as LedgerLookups },
    );
    expect(seen?.putBacks.count).toBe(2);
  },
);

test('a version that the change created is known for that, however many put-backs the ledger tells of instead', async () => {
  const { change, quarantinedAt } = aRequest('reported');
  const intents = Array.from({ length: 1_000 }, (_, index) => ({
    ...{ change: { ...change, requestId: `again-${index}` }, executionArn: 'arn', document: pack(BAD) },
    plan: { type: 'managed-policy' as const, instead: { versionId: 'v1' }, leftOut: [] },
    ...{ tookOut: true as const, at: new Date(0).toISOString() },
  }));
  const seen = await countPutBacks(
    { change: { ...change, requestId: 'last' }, executionArn: 'arn', retryCount: 0 } as QuarantineTask,
    BAD,
    { intents: async () => intents } as unknown as OwnDoing,
    false,
    {
      now: () => new Date(),
      lookups: {
        waitingFor: async () => 'reported',
        recorded: async () => aRequest('reported'),
      } as unknown as LedgerLookups,
    },
  );
  expect(seen?.first).toEqual({ change, at: quarantinedAt });
});

test('the share of time in force is until anything was taken out, and no moment counts twice', async () => {
  const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
  const change = (requestId: string, second: number): Change => ({
    ...aRequest(requestId).change,
    ...{ requestId, eventTime: at(second) },
  });
  const intent = (id: string, made: number, out: number) => ({
    ...{ change: change(id, made), executionArn: 'arn', document: pack(BAD), tookOut: true as const },
    ...{ plan: { type: 'managed-policy' as const, instead: { versionId: 'v1' }, leftOut: [] }, at: at(out) },
  });
  const intents = [intent('two', 11, 13), intent('one', 10, 12), intent('reported', 0, 0)];
  const seen = await countPutBacks(
    { change: change('three', 18), executionArn: 'arn', retryCount: 0 } as QuarantineTask,
    BAD,
    { intents: async () => intents } as unknown as OwnDoing,
    true,
    {
      now: () => new Date(at(20)),
      lookups: { waitingFor: async () => 'reported' } as unknown as LedgerLookups,
    },
  );
  expect(seen?.putBacks).toMatchObject({ count: 3, shareInForce: (2 + 2) / 20 });
});
