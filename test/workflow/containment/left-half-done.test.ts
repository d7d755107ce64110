import { describe, expect, it } from 'vitest';
import { guard, versions, waiting } from '../../support/each-guard.ts';
import {
  ARN,
  attachEvent,
  BAD,
  createdEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
} from '../../support/ways-in.ts';

/** Denies beside the grant: they stand while it is out of force. */
const WITH_DENY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:DeleteBucket', Resource: '*' },
    { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
  ],
});

const inline = () => guard.iam.holder('user', HOLDER.user).inline;
const isAttached = () => guard.iam.holder('user', HOLDER.user).attached.has(ARN);

/** How each kind is made, heard of, and in force. */
const KINDS: [string, () => unknown, () => boolean][] = [
  [
    'a new policy',
    () => {
      guard.iam.createPolicy(ARN, BAD);
      return createdEvent(BAD);
    },
    () => guard.iam.inForce(ARN) === BAD && versions().length === 1,
  ],
  [
    'a version, with another to fall back to',
    () => {
      guard.iam.createPolicy(ARN, HARMLESS);
      return versionEvent(guard.iam.createVersion(ARN, BAD), BAD);
    },
    () => guard.iam.inForce(ARN) === BAD && versions().length === 2,
  ],
  [
    'an inline policy',
    () => {
      guard.iam.createHolder('user', HOLDER.user);
      guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
      return putEvent('user', BAD);
    },
    () => inline().get(INLINE_NAME) === BAD,
  ],
  [
    'an attachment that denies something too',
    () => {
      guard.iam.createHolder('user', HOLDER.user);
      guard.iam.createPolicy(ARN, WITH_DENY);
      guard.iam.attach('user', HOLDER.user, ARN);
      return attachEvent('user');
    },
    () => isAttached() && inline().size === 0,
  ],
];

describe.each(KINDS)('%s that is said to be in force still, and is approved', (_, make, isInForce) => {
  /** The request that is made of it while quarantine fails. */
  async function said(): Promise<string> {
    const id = await waiting(make());
    const { principal: _principal, ...request } = guard.ledger.requests.get(id) ?? expect.fail();
    const trouble = { containment: { type: 'none' as const }, inForceBecause: 'AccessDenied' };
    guard.ledger.requests.set(id, { ...request, ...trouble });
    return id;
  }

  it('is put back where the try that failed had taken it out', async () => {
    const id = await said();
    expect(isInForce()).toBe(false);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(isInForce()).toBe(true);
  });

  it('is left as it is where it is in force, though IAM takes no write', async () => {
    const id = await said();
    await guard.decide(id, 'approved');
    guard.ledger.requests.set(id, { ...(guard.ledger.requests.get(id) ?? expect.fail()), status: 'decided' });
    guard.iam.calls = [];
    expect(await guard.decide(id, 'approved')).toEqual({
      outcome: 'approved',
      detail: 'It is in force, and was left so.',
    });
    expect(guard.iam.calls.filter((call) => !/^(get|is|list)/.test(call))).toEqual([]);
  });
});
