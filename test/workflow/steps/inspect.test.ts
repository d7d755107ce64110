import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard } from '../../support/each-guard.ts';
import { type FixtureEvent, fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';
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

const verdict = async (event: unknown) => (await guard.inspect(event)).verdict;

describe('the document', () => {
  it('is judged as the event holds it, without asking IAM', async () => {
    const judgement = await guard.inspect(putEvent('user', BAD));
    expect(judgement).toMatchObject({ verdict: 'restricted', reason: 'It grants s3:DeleteObject.' });
    expect(judgement.document && unpack(judgement.document)).toBe(BAD);
    expect(guard.iam.calls.filter((call) => call.startsWith('getInlinePolicy'))).toEqual([]);
  });

  it('is allowed when it grants nothing restricted', async () => {
    expect(await guard.inspect(createdEvent(HARMLESS))).toMatchObject({
      verdict: 'allowed',
      reason: 'It grants no restricted action.',
      inspection: { findings: [], total: 0 },
    });
  });

  it.each([
    ['omitted-create-policy', BAD, 'restricted'],
    ['omitted-create-policy', HARMLESS, 'allowed'],
  ])('of the event %s is read from IAM', async (name, document, expected) => {
    guard.iam.createPolicy(ARN, document);
    expect(await verdict(fixtureEvent(name))).toBe(expected);
  });

  it('is read from IAM when it is cut off in the event', async () => {
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.putInline('role', HOLDER.role, 'clean-up', HARMLESS);
    expect(await verdict(fixtureEvent('truncated-put-role-policy'))).toBe('allowed');
  });

  it('is read again where IAM does not show it at first', async () => {
    guard.meanwhile = () => {
      if (!guard.iam.policies.has(ARN)) guard.iam.createPolicy(ARN, HARMLESS);
    };
    expect(await verdict(fixtureEvent('omitted-create-policy'))).toBe('allowed');
  });

  it('counts as restricted, and says why, when IAM does not show it at all', async () => {
    expect(await guard.inspect(defaultEvent('v2'))).toMatchObject({
      verdict: 'restricted',
      inspection: { unreadable: expect.stringContaining('IAM does not show one') },
    });
  });

  it('is not taken for harmless when IAM fails: the step fails, and is tried again', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.failAt({ call: 1, when: 'before' });
    await expect(guard.inspect(defaultEvent('v1'))).rejects.toMatchObject({ name: 'LostCallError' });
  });
});

describe('what is no change that came into force', () => {
  it.each(['unwatched-create-user', 'unwatched-service-put-bucket-policy', 'failed-create-policy'])(
    'is allowed: %s',
    async (name) => {
      const judgement = await guard.inspect(fixtureEvent(name));
      expect(judgement).toMatchObject({ verdict: 'allowed', notifyAllowed: false });
      expect(judgement.change).toBeUndefined();
    },
  );

  it('is allowed while a new version is not the default', async () => {
    expect(await guard.inspect(fixtureEvent('create-policy-version-not-default'))).toMatchObject({
      verdict: 'allowed',
      reason: 'The version was not made default: it grants nothing until it is.',
    });
  });

  it.each([
    ['an empty event', {}],
    ['no event', null],
    ['a text', 'PutRolePolicy'],
    ['a change without its parameters', fixtureEvent('put-user-policy', { requestParameters: null })],
    ['a change that names no policy', fixtureEvent('omitted-put-role-policy')],
    ['a change at no time', fixtureEvent('put-user-policy', { eventTime: 'yesterday' })],
    ['a change without its id', fixtureEvent('put-user-policy', { eventID: undefined })],
  ])('counts as restricted where it only might be: %s', async (_what, event) => {
    expect(await verdict(event)).toBe('restricted');
  });
});

describe('the guard’s own change', () => {
  const byItsRole = (event: FixtureEvent) => {
    event.detail.userIdentity = fixtureIdentity('contain-role');
    return event;
  };

  it('is told apart by the role that made it, and by granting nothing that is quarantined', async () => {
    expect(await verdict(byItsRole(createdEvent(HARMLESS)))).toBe('own-change');
  });

  it('is told apart by what the ledger holds an approval of', async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
    const { requestId } = await guard.handle(putEvent('user', BAD, 'first'));
    guard.ledger.decide(requestId, 'approved');
    expect(await verdict(byItsRole(putEvent('user', BAD, 'second')))).toBe('own-change');
  });

  it('is told apart where it takes away, of which there is nothing to prove', async () => {
    const detached = byItsRole(attachEvent('user'));
    detached.detail.eventName = 'DetachUserPolicy';
    expect(await verdict(detached)).toBe('own-change');
    detached.detail.userIdentity = fixtureIdentity('iam-user');
    expect(await verdict(detached)).toBe('allowed');
  });

  it('is no reason to skip a grant that nobody approved, whoever else has its role', async () => {
    expect(await verdict(byItsRole(createdEvent(BAD)))).toBe('restricted');
  });

  it('is asked about with patience while the ledger is slow', async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
    const { requestId } = await guard.handle(putEvent('user', BAD, 'first'));
    guard.ledger.decide(requestId, 'approved');
    guard.ledger.down = true;
    guard.meanwhile = () => {
      guard.ledger.down = false;
    };
    expect(await verdict(byItsRole(putEvent('user', BAD, 'second')))).toBe('own-change');
  });

  it.each(['iam-user', 'assumed-role', 'root', 'aws-service', 'missing'])(
    'is not that of %s',
    async (identity) => {
      const event = createdEvent(BAD);
      event.detail.userIdentity = fixtureIdentity(identity);
      expect(await verdict(event)).toBe('restricted');
    },
  );
});

describe('what the ledger knows', () => {
  it('makes a change that is recorded already a duplicate', async () => {
    guard.iam.createPolicy(ARN, BAD);
    await guard.handle(createdEvent(BAD));
    expect(await verdict(createdEvent(BAD))).toBe('duplicate');
  });

  it.each(['down', 'silent'] as const)(
    'is nothing while it is %s: not approved, not recorded',
    async (fault) => {
      await approved();
      guard.ledger[fault] = true;
      expect(await verdict(defaultEvent('v1', 'again'))).toBe('restricted');
      expect(await verdict(createdEvent(BAD, 'first'))).toBe('restricted');
    },
  );

  it('lets an approved version be made default again, and says by which approval', async () => {
    const id = await approved();
    expect(await guard.inspect(defaultEvent('v1', 'again'))).toMatchObject({
      verdict: 'allowed',
      reason: `Exactly this was approved by Robin in request ${id}.`,
    });
  });

  it('lets no other document of that policy be made default', async () => {
    await approved();
    guard.iam.createVersion(ARN, BAD.replace('s3:DeleteObject', 's3:DeleteBucket'), false);
    expect(await verdict(defaultEvent('v2', 'other'))).toBe('restricted');
  });

  it('asks again for what was denied', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const { requestId } = await guard.handle(defaultEvent('v2', 'first'));
    await guard.decide(requestId, 'denied');
    expect(await verdict(defaultEvent('v2', 'again'))).toBe('restricted');
  });

  it.each([
    ['a new policy', () => createdEvent(BAD, 'again')],
    ['a new version', () => versionEvent('v2', BAD, 'again')],
  ])('never answers for %s, though the same document was approved', async (_what, event) => {
    await approved();
    expect(await verdict(event())).toBe('restricted');
  });

  describe('of an inline policy that was approved and put back', () => {
    beforeEach(async () => {
      guard.iam.createHolder('user', HOLDER.user);
      guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
      const { requestId } = await guard.handle(putEvent('user', BAD, 'first'));
      await guard.decide(requestId, 'approved');
    });

    it('lets the same document be written again: a deployment that is repeated takes nothing away', async () => {
      expect(await verdict(putEvent('user', BAD, 'again'))).toBe('allowed');
    });

    it('lets no other document be written', async () => {
      expect(await verdict(putEvent('user', WORSE, 'again'))).toBe('restricted');
    });

    it('does not count for another user of the same name', async () => {
      guard.iam.deleteHolder('user', HOLDER.user);
      guard.iam.createHolder('user', HOLDER.user);
      guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
      expect(await verdict(putEvent('user', BAD, 'again'))).toBe('restricted');
    });

    it('does not count while nobody can tell whether it is the same user', async () => {
      guard.iam.refuse = (call) => (call.startsWith('getHolder') ? new Error('throttled') : undefined);
      expect(await verdict(putEvent('user', BAD, 'again'))).toBe('restricted');
    });
  });

  /** A policy whose restricted v1 was approved. */
  async function approved(): Promise<string> {
    guard.iam.createPolicy(ARN, BAD);
    const { requestId } = await guard.handle(createdEvent(BAD, 'first'));
    await guard.decide(requestId, 'approved');
    return requestId;
  }
});

describe('attachments', () => {
  beforeEach(() => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.createPolicy(ARN, BAD);
  });

  const approvePolicy = async () => {
    const { requestId } = await guard.handle(createdEvent(BAD, 'policy'));
    await guard.decide(requestId, 'approved');
  };

  const approveAttachment = async () => {
    guard.iam.attach('user', HOLDER.user, ARN);
    const { requestId } = await guard.handle(attachEvent('user', 'attachment'));
    await guard.decide(requestId, 'approved');
  };

  it('ask unless approved: of a policy whose version in force was approved', async () => {
    await approvePolicy();
    expect(await verdict(attachEvent('user'))).toBe('allowed');
  });

  it('ask unless approved: of this very policy to this very entity', async () => {
    await approveAttachment();
    expect(await verdict(attachEvent('user', 'again'))).toBe('allowed');
    expect(await verdict(attachEvent('role', 'again'))).toBe('restricted');
  });

  it('ask again once the policy grants something else', async () => {
    await approveAttachment();
    guard.iam.createVersion(ARN, BAD.replace('s3:DeleteObject', 's3:*'));
    expect(await verdict(attachEvent('user', 'again'))).toBe('restricted');
  });

  it('always ask, where that is set', async () => {
    await approveAttachment();
    await approvePolicy();
    guard.attachments = 'always-ask';
    expect(await verdict(attachEvent('user', 'again'))).toBe('restricted');
  });

  it('always ask covers attachments alone: an approved version may still be made default', async () => {
    await approvePolicy();
    guard.attachments = 'always-ask';
    expect(await verdict(defaultEvent('v1', 'again'))).toBe('allowed');
  });

  it('are not looked at, where that is set', async () => {
    guard.attachments = 'off';
    guard.iam.failAt(undefined);
    expect(await verdict(attachEvent('user'))).toBe('allowed');
    expect(guard.iam.calls).toEqual([]);
    expect(await verdict(createdEvent(BAD))).toBe('restricted');
  });
});

describe('telling of allowed changes', () => {
  beforeEach(() => {
    guard.notifyAllowed = true;
  });

  it.each([
    ['a harmless change', () => createdEvent(HARMLESS), true],
    ['a version that is not default', () => fixtureEvent('create-policy-version-not-default'), true],
    ['a failed call', () => fixtureEvent('failed-create-policy'), false],
    ['a restricted change', () => createdEvent(BAD), false],
  ])('is asked for after %s: %#', async (_what, event, told) => {
    expect((await guard.inspect(event())).notifyAllowed).toBe(told);
  });

  it('is not asked for where it is off', async () => {
    guard.notifyAllowed = false;
    expect((await guard.inspect(createdEvent(HARMLESS))).notifyAllowed).toBe(false);
  });
});
