import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { UnknownChangeError } from '../../../workflow/steps/known-change.ts';
import { guard } from '../../support/each-guard.ts';
import { fixtureEvent, fixtureIdentity } from '../../support/fixture-events.ts';
import {
  ARN,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  versionEvent,
  WAYS_IN,
} from '../../support/ways-in.ts';

beforeEach(() => {
  guard.notifyAllowed = true;
});

/** Changes the record of an event. */
const bent = <E extends { detail: object }>(event: E, record: object) => ({
  ...event,
  detail: { ...event.detail, ...record },
});

const put = (document: string) => guard.iam.putInline('role', HOLDER.role, INLINE_NAME, document);

describe.each(WAYS_IN)('$eventName', (way) => {
  beforeEach(() => {
    way.prepare(guard.iam);
    way.make(guard.iam);
  });

  it('is restricted, says why, and carries the document byte for byte', async () => {
    const judgement = await guard.inspect(way.event());
    expect(judgement).toMatchObject({
      verdict: 'restricted',
      reason: 'It grants s3:DeleteObject.',
      notifyAllowed: false,
      inspection: { total: 1 },
    });
    expect(judgement.document && unpack(judgement.document)).toBe(BAD);
  });

  it('is allowed, untold and unread, when the call failed', async () => {
    const failed = { errorCode: 'AccessDenied', requestParameters: null, responseElements: null };
    expect(await guard.inspect(bent(way.event(), failed))).toMatchObject({
      verdict: 'allowed',
      reason: expect.stringContaining('failed with AccessDenied'),
      notifyAllowed: false,
    });
    expect(guard.iam.calls).toEqual([]);
  });

  it('is the guard’s own when its role made it and it was approved, which nobody is told', async () => {
    await guard.decide((await guard.handle(way.event('first'))).requestId, 'approved');
    guard.iam.calls = [];
    const event = bent(way.event('second'), { userIdentity: fixtureIdentity('contain-role') });
    expect(await guard.inspect(event)).toMatchObject({ verdict: 'own-change', notifyAllowed: false });
    expect(guard.iam.calls.filter((call) => !call.startsWith('get'))).toEqual([]);
  });

  it('is restricted when its role made it, and nobody approved it', async () => {
    const event = bent(way.event(), { userIdentity: fixtureIdentity('contain-role') });
    expect(await guard.inspect(event)).toMatchObject({ verdict: 'restricted' });
  });

  it('is restricted whoever else made it', async () => {
    for (const name of ['root', 'aws-service', 'missing', 'assumed-role', 'unknown-type']) {
      const event = bent(way.event(), { userIdentity: fixtureIdentity(name) });
      expect((await guard.inspect(event)).verdict, name).toBe('restricted');
    }
  });

  it('is a duplicate once it is recorded', async () => {
    const { requestId } = await guard.handle(way.event());
    expect(await guard.inspect(way.event())).toMatchObject({
      verdict: 'duplicate',
      reason: `Request ${requestId} covers this change.`,
      notifyAllowed: false,
    });
  });

  it.each(['down', 'silent'] as const)('is restricted while the ledger is %s', async (fault) => {
    await guard.decide((await guard.handle(way.event('first'))).requestId, 'approved');
    guard.ledger[fault] = true;
    expect(await guard.inspect(way.event('second'))).toMatchObject({ verdict: 'restricted' });
  });

  it('is not judged at all while IAM cannot be reached for a document that the event lacks', async () => {
    const event = way.event();
    const parameters = { ...(event.detail.requestParameters as object), policyDocument: '{"cut' };
    guard.iam.failAt({ call: 1, when: 'before' });
    await expect(guard.inspect(bent(event, { requestParameters: parameters }))).rejects.toMatchObject({
      name: 'LostCallError',
    });
  });
});

describe('a document that the event lacks', () => {
  it('is not taken for harmless because IAM still shows the inline policy from before', async () => {
    guard.iam.createHolder('role', HOLDER.role);
    put(HARMLESS);
    guard.iam.lag(2);
    put(BAD);
    expect(await guard.inspect(fixtureEvent('truncated-put-role-policy'))).toMatchObject({
      verdict: 'restricted',
      reason: 'It grants s3:DeleteObject.',
    });
  });

  it('is restricted when it is no policy that can be read', async () => {
    guard.iam.createPolicy(ARN, '{"Statement":[{"Effect":"Allow","Action":7}]}');
    expect(await guard.inspect(defaultEvent('v1'))).toMatchObject({
      verdict: 'restricted',
      inspection: { unreadable: expect.any(String) },
    });
  });
});

describe('an event that looks like a watched call and cannot be made out', () => {
  it.each(['omitted-create-policy-version', 'omitted-put-role-policy'])(
    '%s is restricted, without a change',
    async (name) => {
      const judgement = await guard.inspect(fixtureEvent(name));
      expect(judgement.verdict).toBe('restricted');
      expect(judgement).not.toHaveProperty('change');
      await expect(guard.tryQuarantine(judgement)).rejects.toBeInstanceOf(UnknownChangeError);
    },
  );
});

describe('what was approved', () => {
  let approved: string;

  beforeEach(async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createHolder('role', HOLDER.role);
    guard.iam.createPolicy(ARN, BAD);
    approved = (await guard.handle(createdEvent(BAD, 'first'))).requestId;
    await guard.decide(approved, 'approved');
  });

  it('does not speak for the same document under another name', async () => {
    const event = bent(createdEvent(BAD, 'second'), {
      responseElements: { policy: { arn: `${ARN}-2`, defaultVersionId: 'v1' } },
    });
    expect(await guard.inspect(event)).toMatchObject({ verdict: 'restricted' });
  });

  it.each(['denied', 'expired'] as const)('is no longer approved once it was %s', async (decision) => {
    const versionId = guard.iam.createVersion(ARN, BAD);
    const second = (await guard.handle(versionEvent(versionId, BAD, 'second'))).requestId;
    await guard.decide(second, decision);
    expect(await guard.inspect(defaultEvent('v1', 'third'))).toMatchObject({ verdict: 'restricted' });
  });
});
