import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';
import { NOW } from '../../support/guard.ts';
import type { FakeIam } from '../../support/iam-in-memory.ts';
import { incompressible } from '../../support/incompressible.ts';
import {
  ARN,
  BAD,
  createdEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
  WAYS_IN,
  WORSE,
} from '../../support/ways-in.ts';

const FAILURE = { Error: 'Lambda.Unknown', Cause: 'it broke' };
const WRITES = /^(create|set|delete|put|attach |detach)/;
const writesOf = (iam: FakeIam) => iam.calls.filter((call) => WRITES.test(call));
const failed = (event: unknown) => ({ verdict: 'restricted', event, failure: FAILURE }) as const;

describe('a change that is observed', () => {
  beforeEach(() => {
    guard.mode = 'observe';
  });

  it.each(WAYS_IN)(
    'by $eventName is left alone, and the reason says what would have been done',
    async (way) => {
      way.prepare(guard.iam);
      way.make(guard.iam);
      guard.iam.failAt(undefined);
      const judgement = await guard.inspect(way.event());
      expect(judgement).toMatchObject({
        verdict: 'observed',
        reason: 'It grants s3:DeleteObject. It would have been quarantined, but is only observed.',
        inspection: { total: 1 },
      });
      expect(judgement.document && unpack(judgement.document)).toBe(BAD);
      expect(writesOf(guard.iam)).toEqual([]);
    },
  );

  it('may be one whose document is not known: MODE counts for that too', async () => {
    expect(await guard.inspect(fixtureEvent('omitted-create-policy'))).toMatchObject({
      verdict: 'observed',
      inspection: { unreadable: expect.stringContaining('IAM does not show one') },
    });
  });

  it('is not observed where one of its actions is enforced', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject', mode: 'enforce' }];
    expect(await guard.inspect(createdEvent(WORSE))).toMatchObject({ verdict: 'restricted' });
  });

  it('is not observed where its document is not known and anything is enforced', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket', mode: 'enforce' }];
    expect(await guard.inspect(fixtureEvent('omitted-create-policy'))).toMatchObject({
      verdict: 'restricted',
    });
  });

  it('is for a person to look at where the event does not name it, as ever', async () => {
    expect(await guard.inspect(fixtureEvent('omitted-put-role-policy'))).toMatchObject({
      verdict: 'restricted',
    });
  });

  it('is a duplicate, or approved, before anything else', async () => {
    guard.mode = 'enforce';
    guard.iam.createPolicy(ARN, BAD);
    await guard.handle(createdEvent(BAD));
    guard.mode = 'observe';
    expect(await guard.inspect(createdEvent(BAD))).toMatchObject({ verdict: 'duplicate' });
  });
});

describe('with MODE enforce', () => {
  it('an action that is observed is left alone; one without a mode beside it is not', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject', mode: 'observe' }];
    expect(await guard.inspect(createdEvent(BAD))).toMatchObject({ verdict: 'observed' });
    expect(await guard.inspect(createdEvent(WORSE))).toMatchObject({ verdict: 'restricted' });
  });

  it('waits out IAM’s lag before what stands there is taken for the change that is only observed', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject', mode: 'observe' }];
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.putInline('role', HOLDER.role, INLINE_NAME, BAD);
    guard.meanwhile = () => guard.iam.putInline('role', HOLDER.role, INLINE_NAME, WORSE);
    expect(await guard.inspect(fixtureEvent('truncated-put-role-policy'))).toMatchObject({
      verdict: 'restricted',
    });
  });

  it('an earlier version that would only be observed is in force instead where there is no better', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject', mode: 'observe' }];
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.createVersion(ARN, WORSE);
    const result = await guard.quarantine(await guard.inspect(versionEvent('v2', WORSE)));
    expect(result.containment).toEqual({
      type: 'managed-policy',
      tookOut: true,
      inForceVersionId: 'v1',
      inForceGrants: 'observed',
    });
  });

  it('an older version that grants nothing restricted is better than one that would be observed', async () => {
    guard.restricted = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject', mode: 'observe' }];
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    guard.iam.createVersion(ARN, WORSE);
    const result = await guard.quarantine(await guard.inspect(versionEvent('v3', WORSE)));
    expect(result.containment).toEqual({ type: 'managed-policy', inForceVersionId: 'v1', tookOut: true });
  });
});

describe('what Inspect has judged as restricted', () => {
  it('is quarantined, whatever MODE has become meanwhile', async () => {
    guard.iam.createPolicy(ARN, BAD);
    const judgement = await guard.inspect(createdEvent(BAD));
    guard.mode = 'observe';
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
  });
});

describe('after a failed inspection, with MODE observe', () => {
  beforeEach(() => {
    guard.mode = 'observe';
  });

  it.each(WAYS_IN)('$eventName is left alone, with all that is known of it', async (way) => {
    way.prepare(guard.iam);
    way.make(guard.iam);
    guard.iam.failAt(undefined);
    const event = way.event();
    const result = await guard.tryQuarantine(failed(event));
    expect(result).toMatchObject({
      status: 'observed',
      detail:
        'The inspection failed (Lambda.Unknown), so the change counts as restricted. ' +
        'It would have been quarantined, but is only observed. Nothing was changed.',
      inspection: { findings: [{ restricted: 's3:DeleteObject' }] },
    });
    expect(result.containment).toBeUndefined();
    expect(result.quarantinedAt).toBeUndefined();
    expect(result.surroundings).toBeUndefined();
    expect(result.document && unpack(result.document)).toBe(BAD);
    expect(result.event && JSON.parse(unpack(result.event))).toEqual(event.detail);
    expect(writesOf(guard.iam)).toEqual([]);
    expect(way.granted(guard.iam)).toBe(BAD);
  });

  it.each(WAYS_IN)('$eventName is quarantined when it grants what is enforced', async (way) => {
    guard.restricted = [{ pattern: 's3:DeleteObject', mode: 'enforce' }];
    way.prepare(guard.iam);
    way.make(guard.iam);
    expect(await guard.quarantine(failed(way.event()))).toMatchObject({ status: 'quarantined' });
    expect(way.granted(guard.iam)).not.toBe(BAD);
  });

  it('what looks harmless is quarantined too, where anything is enforced', async () => {
    guard.restricted = [{ pattern: 's3:DeleteObject', mode: 'enforce' }];
    guard.iam.createPolicy(ARN, HARMLESS);
    expect(await guard.quarantine(failed(createdEvent(HARMLESS)))).toMatchObject({ status: 'quarantined' });
  });

  it('a document that IAM does not show is observed without one', async () => {
    const result = await guard.quarantine(failed(fixtureEvent('omitted-create-policy')));
    expect(result).toMatchObject({ status: 'observed', inspection: { findings: [], total: 0 } });
    expect(result.document).toBeUndefined();
  });

  it('is tried again, and nothing touched, when IAM fails to show the document', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.failAt({ call: 1, when: 'before' });
    const event = fixtureEvent('omitted-create-policy');
    await expect(guard.tryQuarantine(failed(event))).rejects.toMatchObject({ name: 'LostCallError' });
    expect(writesOf(guard.iam)).toEqual([]);
  });
});

describe('an exempt requester', () => {
  const event = () => {
    const made = createdEvent(BAD);
    made.detail.userIdentity = fixtureIdentity('assumed-role');
    return made;
  };
  const EXEMPTION = {
    pattern: 'arn:aws:iam::123456789012:role/deployer',
    until: '2026-03-02',
    reason: 'migration of the reports',
  };

  beforeEach(() => {
    guard.exemptions = [EXEMPTION];
  });

  it.each(['enforce', 'observe'] as const)(
    'is let through with MODE %s, by which exemption',
    async (mode) => {
      guard.mode = mode;
      expect(await guard.inspect(event())).toMatchObject({
        verdict: 'exempt',
        reason:
          'It grants s3:DeleteObject. Its requester is exempt until 2026-03-02: migration of the reports',
        exemption: EXEMPTION,
        inspection: { total: 1 },
      });
    },
  );

  it('is not exempt from what is harmless: that is allowed', async () => {
    guard.exemptions = [{ ...EXEMPTION, pattern: 'arn:aws:iam::*:*' }];
    expect(await guard.inspect(createdEvent(HARMLESS))).toMatchObject({ verdict: 'allowed' });
  });

  it('is someone else than the one who is not named', async () => {
    expect(await guard.inspect(createdEvent(BAD))).toMatchObject({ verdict: 'restricted' });
  });

  it('is judged by the later of the change’s time and now', async () => {
    const later = event();
    later.detail.eventTime = '2026-03-03T00:00:00Z';
    expect(await guard.inspect(later)).toMatchObject({ verdict: 'restricted' });
    guard.exemptions = [{ ...EXEMPTION, until: '2026-03-01' }];
    const earlier = event();
    earlier.detail.eventTime = '2026-03-01T23:59:00Z';
    expect(NOW.toISOString() > '2026-03-02').toBe(true);
    expect(await guard.inspect(earlier)).toMatchObject({ verdict: 'restricted' });
  });

  it.each([
    ['is unreadable', '{"Statement":[{"Effect":"Maybe","Action":"s3:DeleteObject","Resource":"*"}]}'],
    ['is missing', undefined],
  ])('is not exempt where the document %s', async (_what, document) => {
    const odd = document === undefined ? fixtureEvent('omitted-create-policy') : createdEvent(document);
    odd.detail.userIdentity = fixtureIdentity('assumed-role');
    expect(await guard.inspect(odd)).toMatchObject({ verdict: 'restricted' });
  });

  it('is not exempt where the inspection failed', async () => {
    guard.iam.createPolicy(ARN, BAD);
    expect(await guard.quarantine(failed(event()))).toMatchObject({ status: 'quarantined' });
  });

  it('is a duplicate first, where the change is known already', async () => {
    guard.exemptions = [];
    guard.iam.createPolicy(ARN, BAD);
    await guard.handle(event());
    guard.exemptions = [EXEMPTION];
    expect(await guard.inspect(event())).toMatchObject({ verdict: 'duplicate' });
  });
});

describe('the event', () => {
  it.each(['enforce', 'observe'] as const)(
    'goes along as CloudTrail wrote it, with MODE %s',
    async (mode) => {
      guard.mode = mode;
      const event = putEvent('user', BAD);
      const judgement = await guard.inspect(event);
      expect(judgement.event && JSON.parse(unpack(judgement.event))).toEqual(event.detail);
    },
  );

  it('stays away from what is allowed', async () => {
    expect(await guard.inspect(createdEvent(HARMLESS))).not.toHaveProperty('event');
  });

  it('goes on with what is quarantined, also after a failed inspection', async () => {
    guard.iam.createPolicy(ARN, BAD);
    const event = createdEvent(BAD);
    const judgement = await guard.inspect(event);
    expect((await guard.quarantine(judgement)).event).toEqual(judgement.event);
    expect((await guard.quarantine(failed(event))).event).toEqual(judgement.event);
  });

  it('is left out when it is too large, which only the log tells', async () => {
    const event = createdEvent(BAD);
    event.detail.additionalEventData = { noise: incompressible(90_000) };
    const judgement = await guard.inspect(event);
    expect(judgement).toMatchObject({ verdict: 'restricted' });
    expect(judgement).not.toHaveProperty('event');
    expect(judgement.reason).toBe('It grants s3:DeleteObject.');
    expect(guard.logged).toMatchObject([{ message: expect.stringContaining('too large') }]);
  });
});
