import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { discard } from '../../../workflow/steps/discard.ts';
import { UnknownChangeError } from '../../../workflow/steps/known-change.ts';
import { restore } from '../../../workflow/steps/restore.ts';
import { guard, versions, waiting } from '../../support/each-guard.ts';
import { fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';
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

describe('a version that comes back while its denial is still carried out', () => {
  let denied: string;
  let second: string;

  beforeEach(async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    denied = await waiting(versionEvent('v2', BAD, 'first'));
    guard.ledger.decide(denied, 'denied');
    guard.iam.setDefault(ARN, 'v2');
    second = await waiting(defaultEvent('v2', 'second'));
  });

  it('is kept while a second request waits for it, out of force', async () => {
    expect(await guard.carryOut(denied, discard)).toMatchObject({
      outcome: 'denied',
      detail: expect.stringContaining(`request ${second} waits for it`),
    });
    expect(versions()).toEqual(['v1', 'v2']);
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
    expect(await guard.decide(second, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(guard.iam.inForce(ARN)).toBe(BAD);
  });

  it('is left in force when the second request was approved meanwhile', async () => {
    await guard.decide(second, 'approved');
    expect(await guard.carryOut(denied, discard)).toMatchObject({
      outcome: 'superseded',
      detail: expect.stringContaining(`request ${second}`),
    });
    expect(guard.iam.inForce(ARN)).toBe(BAD);
  });

  it('is deleted when the second request is denied too', async () => {
    await guard.decide(second, 'denied');
    expect(await guard.carryOut(denied, discard)).toMatchObject({ outcome: 'denied' });
    expect(versions()).toEqual(['v1']);
  });

  it('is not discarded while the ledger cannot tell', async () => {
    guard.ledger.findApproval = async () => {
      throw new Error('The ledger is down.');
    };
    await expect(guard.carryOut(denied, discard)).rejects.toThrow('The ledger is down.');
    expect(versions()).toEqual(['v1', 'v2']);
  });
});

describe('an inline policy that comes back while a decision is still carried out', () => {
  let first: string;
  const put = () => guard.iam.putInline('role', HOLDER.role, INLINE_NAME, BAD);
  const current = () => guard.iam.getInline('role', HOLDER.role, INLINE_NAME);

  beforeEach(async () => {
    guard.iam.createHolder('role', HOLDER.role);
    put();
    first = await waiting(putEvent('role', BAD, 'first'));
  });

  it('is not deleted by an earlier denial when it was approved meanwhile', async () => {
    guard.ledger.decide(first, 'denied');
    put();
    const second = await waiting(putEvent('role', BAD, 'second'));
    await guard.decide(second, 'approved');
    expect(await guard.carryOut(first, discard)).toMatchObject({ outcome: 'superseded' });
    expect(current()).toBe(BAD);
  });

  it('is not held back by an earlier denial that comes between the approval and its restoring', async () => {
    guard.ledger.decide(first, 'denied');
    put();
    const second = await waiting(putEvent('role', BAD, 'second'));
    guard.ledger.decide(second, 'approved');
    await guard.carryOut(second, restore);
    await guard.carryOut(first, discard);
    expect(current()).toBe(BAD);
  });

  it('is left alone when it is put again after its approval was carried out', async () => {
    await guard.decide(first, 'approved');
    put();
    expect(await guard.handle(putEvent('role', BAD, 'second'))).toMatchObject({ end: 'allowed' });
    expect(current()).toBe(BAD);
  });

  it('is in force by its approval, and can still be denied, when it was put before the approval was carried out', async () => {
    guard.ledger.decide(first, 'approved');
    put();
    const second = await waiting(putEvent('role', BAD, 'second'));
    expect(await guard.carryOut(first, restore)).toMatchObject({ outcome: 'approved' });
    guard.ledger.close(first, 'approved');
    expect(current()).toBe(BAD);
    await guard.decide(second, 'denied');
    expect(() => current()).toThrow('cannot be found');
  });

  it('is not even put back when the other event names somebody else: the approver may have made it', async () => {
    guard.ledger.decide(first, 'approved');
    const event = putEvent('role', BAD, 'second');
    const userIdentity = { type: 'IAMUser', userName: 'mallory', accountId: '123456789012' };
    await waiting({ ...event, detail: { ...event.detail, userIdentity } });
    expect(await guard.carryOut(first, restore)).toMatchObject({ outcome: 'superseded' });
    expect(current()).not.toBe(BAD);
  });
});

describe('an attachment', () => {
  it('is left attached when it was approved after an earlier denial', async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('user', HOLDER.user, ARN);
    const first = await waiting(attachEvent('user', 'first'));
    guard.ledger.decide(first, 'denied');
    guard.iam.attach('user', HOLDER.user, ARN);
    const second = await waiting(attachEvent('user', 'second'));
    await guard.decide(second, 'approved');
    expect(await guard.carryOut(first, discard)).toMatchObject({ outcome: 'superseded' });
    expect(guard.iam.holder('user', HOLDER.user).attached.has(ARN)).toBe(true);
  });
});

describe('a placeholder whose creation was answered to nobody', () => {
  it('is found again by the SDK’s second call, and no version is given up for it', async () => {
    guard.iam.createPolicy(ARN, WORSE);
    for (const document of [WORSE, WORSE, BAD]) guard.iam.createVersion(ARN, document);
    const judgement = await guard.inspect(versionEvent('v4', BAD));
    const tools = guard.tools();
    const create = tools.iam.createDefaultPolicyVersion;
    // As the SDK does when the connection breaks after the request was sent.
    tools.iam.createDefaultPolicyVersion = async (arn, document) => {
      await create(arn, document);
      return create(arn, document);
    };
    guard.tools = () => tools;
    const { containment } = await guard.quarantine(judgement);
    expect(versions()).toEqual(['v1', 'v2', 'v3', 'v4', 'v5']);
    expect(containment).toEqual({
      type: 'managed-policy',
      tookOut: true,
      inForceVersionId: 'v5',
      placeholderVersionId: 'v5',
      stands: pack(PLACEHOLDER),
    });
  });
});

describe('a change whose inspection failed', () => {
  const failure = { Error: 'Lambda.Unknown', Cause: 'it broke' };
  const failed = (event: unknown) => guard.quarantine({ verdict: 'restricted', event, failure });

  it('is left alone when the guard made it itself', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    const userIdentity = fixtureIdentity('contain-role');
    const event = createdEvent(HARMLESS);
    expect(await failed({ ...event, detail: { ...event.detail, userIdentity } })).toMatchObject({
      status: 'own-change',
      detail: expect.stringContaining('itself'),
    });
    expect(guard.iam.calls).toEqual([]);
  });

  it('is left alone when it put nothing in force', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD, false);
    const event = fixtureEvent('create-policy-version-not-default');
    expect(await failed(event)).toMatchObject({ status: 'superseded' });
    expect(guard.iam.calls).toEqual([]);
  });

  it('is left alone when it is an attachment and attachments are not watched', async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('user', HOLDER.user, ARN);
    guard.attachments = 'off';
    expect(await failed(attachEvent('user'))).toMatchObject({ status: 'superseded' });
    expect(guard.iam.holder('user', HOLDER.user).attached.has(ARN)).toBe(true);
  });

  it.each(['omitted-put-role-policy', 'omitted-create-policy-version', 'failed-create-policy'])(
    'needs a person when %s does not tell what to quarantine',
    async (name) => {
      await expect(failed(fixtureEvent(name))).rejects.toBeInstanceOf(UnknownChangeError);
      expect(guard.iam.calls.filter((call) => !call.startsWith('list'))).toEqual([]);
    },
  );

  it('says in its summary why it is asked about, should its document turn out to be harmless', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    const { inspection, status } = await failed(createdEvent(HARMLESS));
    expect(status).toBe('quarantined');
    expect(inspection.unreadable).toContain('The inspection failed (Lambda.Unknown)');
  });
});

describe('a ledger that does not answer', () => {
  it('is waited for once for all earlier versions together, and once for the room', async () => {
    guard.iam.createPolicy(ARN, WORSE);
    for (const document of [WORSE, WORSE, WORSE, BAD]) guard.iam.createVersion(ARN, document);
    const judgement = await guard.inspect(versionEvent('v5', BAD));
    guard.ledger.silent = true;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const quarantined = vi.fn();
    void guard.quarantine(judgement).then(quarantined);
    // Four time-outs of 20 ms: whether it was decided elsewhere, earlier versions, room, archive. One after the other it
    // would be eight.
    await vi.advanceTimersByTimeAsync(80);
    expect(quarantined).toHaveBeenCalledWith(expect.objectContaining({ status: 'quarantined' }));
    expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  });
});
