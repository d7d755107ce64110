import { beforeEach, describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard, versions } from '../../support/each-guard.ts';
import {
  ALSO_HARMLESS,
  ARN,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

const inForce = () => guard.iam.policy(ARN).defaultVersionId;

/** A policy with these documents as v1, v2, …; the last one is in force. */
function policyWith(first: string, ...others: string[]) {
  guard.iam.createPolicy(ARN, first);
  for (const document of others) guard.iam.createVersion(ARN, document);
}

describe('what comes into force instead', () => {
  it('is the newest earlier version that grants nothing restricted', async () => {
    policyWith(HARMLESS, ALSO_HARMLESS, WORSE, BAD);
    await guard.handle(versionEvent('v4', BAD));
    expect(inForce()).toBe('v2');
    expect(versions()).toEqual(['v1', 'v2', 'v3', 'v4']);
  });

  it('is the placeholder when every earlier version is restricted', async () => {
    policyWith(WORSE, BAD);
    const { detail } = await guard.handle(versionEvent('v2', BAD));
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
    expect(detail).toBe('v3, a placeholder that grants nothing, is in force instead of v2, which is kept.');
  });

  it('is an earlier version whose document was approved on this policy, though it is restricted', async () => {
    policyWith(BAD);
    const { requestId } = await guard.handle(createdEvent(BAD, 'first'));
    await guard.decide(requestId, 'approved');
    const versionId = guard.iam.createVersion(ARN, WORSE);
    const result = await guard.quarantine(await guard.inspect(versionEvent(versionId, WORSE, 'second')));
    expect(inForce()).toBe('v1');
    expect(result.containment).toMatchObject({ inForceVersionId: 'v1', inForceGrants: 'approved' });
  });

  it('is not that version while the ledger does not answer: not known is not approved', async () => {
    policyWith(BAD);
    const { requestId } = await guard.handle(createdEvent(BAD, 'first'));
    await guard.decide(requestId, 'approved');
    const versionId = guard.iam.createVersion(ARN, WORSE);
    guard.ledger.down = true;
    await guard.quarantine(await guard.inspect(versionEvent(versionId, WORSE, 'second')));
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  });

  it('is never a version that is under review, whatever it says', async () => {
    policyWith(HARMLESS, BAD);
    await guard.handle(versionEvent('v2', BAD, 'first'));
    guard.iam.policy(ARN).versions.set('v2', HARMLESS);
    const versionId = guard.iam.createVersion(ARN, WORSE);
    await guard.handle(versionEvent(versionId, WORSE, 'second'));
    expect(inForce()).toBe('v1');
  });
});

it('takes the placeholder of an earlier try for its own, where a read that lags shows the version in force still', async () => {
  policyWith(BAD);
  const judgement = await guard.inspect(createdEvent(BAD));
  await guard.tryQuarantine(judgement);
  guard.iam.setDefault(ARN, 'v1');
  expect((await guard.tryQuarantine(judgement, 1)).containment).toMatchObject({
    ...{ inForceVersionId: 'v2', placeholderVersionId: 'v2' },
  });
});

describe('a policy with five versions', () => {
  const FIVE = [WORSE, WORSE, WORSE, WORSE] as const;

  it('gives up its oldest spare version, which the ledger keeps', async () => {
    policyWith(...FIVE, BAD);
    const { detail } = await guard.handle(versionEvent('v5', BAD));
    expect(versions()).toEqual(['v2', 'v3', 'v4', 'v5', 'v6']);
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
    expect(guard.ledger.archived).toMatchObject([{ policyArn: ARN, versionId: 'v1' }]);
    expect(guard.ledger.archived[0] && unpack(guard.ledger.archived[0].document)).toBe(WORSE);
    expect(detail).toContain('v1 was archived and deleted to make room');
  });

  it('keeps what is under review and gives up the next one', async () => {
    policyWith(BAD);
    await guard.handle(createdEvent(BAD, 'first'));
    guard.iam.createVersion(ARN, WORSE, false);
    guard.iam.createVersion(ARN, WORSE, false);
    guard.iam.createVersion(ARN, WORSE);
    guard.iam.deleteVersion(ARN, 'v2');
    guard.iam.createVersion(ARN, WORSE);
    await guard.handle(versionEvent('v6', WORSE, 'second'));
    expect(versions()).toEqual(['v1', 'v4', 'v5', 'v6', 'v7']);
  });

  it('is quarantined even if every other version is under review', async () => {
    policyWith(...FIVE, BAD);
    guard.ledger.versionsUnderReview = async () => ['v1', 'v2', 'v3', 'v4', 'v5'];
    await guard.handle(versionEvent('v5', BAD));
    expect(versions()).toEqual(['v2', 'v3', 'v4', 'v5', 'v6']);
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  });

  it('is quarantined with the ledger down, and the document of the version is kept in the log', async () => {
    policyWith(...FIVE, BAD);
    guard.ledger.down = true;
    await guard.quarantine(await guard.inspect(versionEvent('v5', BAD)));
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
    expect(guard.logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        fields: expect.objectContaining({ policyArn: ARN, versionId: 'v1', document: WORSE }),
      }),
    );
  });
});

describe('a second restricted change while the first waits', () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    policyWith(BAD);
    first = (await guard.handle(createdEvent(BAD, 'first'))).requestId;
    const versionId = guard.iam.createVersion(ARN, WORSE);
    const handled = await guard.handle(versionEvent(versionId, WORSE, 'second'));
    expect(handled.end).toBe('waiting');
    second = handled.requestId;
  });

  it('goes back to the placeholder that is there', () => {
    expect(inForce()).toBe('v2');
    expect(versions()).toEqual(['v1', 'v2', 'v3']);
  });

  it('is not overwritten by the first when it was approved before', async () => {
    await guard.decide(second, 'approved');
    expect(inForce()).toBe('v3');
    expect(await guard.decide(first, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(inForce()).toBe('v3');
  });

  it('can still be approved when the first is denied', async () => {
    await guard.decide(first, 'denied');
    expect(await guard.decide(second, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(guard.iam.inForce(ARN)).toBe(WORSE);
    expect(guard.iam.policy(ARN).versions.has('v1')).toBe(false);
  });

  it('can be denied, and the first approved', async () => {
    await guard.decide(second, 'denied');
    expect(await guard.decide(first, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(versions()).toEqual(['v1']);
  });
});

describe('events out of order, and reads that lag behind', () => {
  it('does nothing about a version that a newer one has replaced: that has an event of its own', async () => {
    policyWith(HARMLESS, BAD, ALSO_HARMLESS);
    expect(await guard.handle(versionEvent('v2', BAD))).toMatchObject({
      end: 'superseded',
      detail: 'v3 is in force now, not v2. Nothing was changed.',
    });
    expect(inForce()).toBe('v3');
  });

  it('holds the newer of two, whichever event comes first', async () => {
    policyWith(HARMLESS, BAD, WORSE);
    expect(await guard.handle(versionEvent('v3', WORSE, 'second'))).toMatchObject({ end: 'waiting' });
    expect(await guard.handle(versionEvent('v2', BAD, 'first'))).toMatchObject({ end: 'superseded' });
    expect(inForce()).toBe('v1');
  });

  it('does nothing about a version that the requester has taken back', async () => {
    policyWith(HARMLESS, BAD);
    guard.iam.setDefault(ARN, 'v1');
    expect(await guard.handle(versionEvent('v2', BAD))).toMatchObject({ end: 'superseded' });
  });

  it('takes the version out of force though the first reads still show the old default', async () => {
    policyWith(HARMLESS, BAD);
    guard.iam.setDefault(ARN, 'v1');
    const judgement = await guard.inspect(defaultEvent('v2'));
    guard.iam.lag(3);
    guard.iam.setDefault(ARN, 'v2');
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
    expect(inForce()).toBe('v1');
  });

  it('writes once more where a lagging read shows the placeholder that was in force before', async () => {
    policyWith(BAD);
    await guard.handle(createdEvent(BAD, 'first'));
    const judgement = await guard.inspect(defaultEvent('v1', 'second'));
    guard.iam.lag(10);
    guard.iam.setDefault(ARN, 'v1');
    await guard.quarantine(judgement);
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  });

  it('does not take a policy of the same name for the one that was changed', async () => {
    policyWith(BAD);
    const judgement = await guard.inspect(createdEvent(BAD));
    guard.iam.deletePolicy(ARN);
    guard.iam.createPolicy(ARN, HARMLESS);
    expect(await guard.quarantine(judgement)).toMatchObject({ status: 'superseded' });
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });
});

describe('after the decision', () => {
  const restricted = async () => {
    policyWith(BAD);
    return (await guard.handle(createdEvent(BAD))).requestId;
  };

  it('says what is in force, and that the placeholder is gone', async () => {
    const id = await restricted();
    expect(await guard.decide(id, 'approved')).toEqual({
      outcome: 'approved',
      detail: 'v1 is in force again, exactly as reviewed; the placeholder version v2 is gone.',
    });
    expect(versions()).toEqual(['v1']);
  });

  it('says that the version is deleted for good; the placeholder stays', async () => {
    const id = await restricted();
    expect(await guard.decide(id, 'denied')).toEqual({
      outcome: 'denied',
      detail: 'v1 is deleted for good; v2 is in force.',
    });
    expect(versions()).toEqual(['v2']);
  });

  it('deletes nothing that a SetDefaultPolicyVersion had only put in force', async () => {
    policyWith(HARMLESS);
    guard.iam.createVersion(ARN, BAD, false);
    guard.iam.setDefault(ARN, 'v2');
    const { requestId } = await guard.handle(defaultEvent('v2'));
    await guard.decide(requestId, 'denied');
    expect(versions()).toEqual(['v1', 'v2']);
    expect(inForce()).toBe('v1');
  });

  it('overwrites nothing that was put in force meanwhile', async () => {
    const id = await restricted();
    guard.iam.createVersion(ARN, HARMLESS);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });

  it('puts nothing back into a policy that was deleted and created again', async () => {
    const id = await restricted();
    guard.iam.deletePolicy(ARN);
    guard.iam.createPolicy(ARN, HARMLESS);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });

  it('deletes nothing of a policy that was deleted and created again', async () => {
    const id = await restricted();
    guard.iam.deletePolicy(ARN);
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, ALSO_HARMLESS);
    await guard.decide(id, 'denied');
    expect(versions()).toEqual(['v1', 'v2']);
  });

  it('is gone when the version alone was deleted', async () => {
    const id = await restricted();
    guard.iam.deleteVersion(ARN, 'v1');
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'gone' });
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  });

  it('keeps a version in the place of the placeholder that says something else', async () => {
    const id = await restricted();
    guard.iam.policy(ARN).versions.set('v2', ALSO_HARMLESS);
    await guard.decide(id, 'approved');
    expect(versions()).toEqual(['v1', 'v2']);
  });
});
