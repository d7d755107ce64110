import { beforeEach, describe, expect, it } from 'vitest';
import { standDenies } from '../../../workflow/containment/attachment/denies.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard } from '../../support/each-guard.ts';
import {
  ARN,
  attachEvent,
  createdEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
} from '../../support/ways-in.ts';

const NO_IAM = '{ "Sid":"NoIam", "Effect":"Deny","Action":"iam:*","Resource":"*" }';
const NO_KMS =
  '{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}';
const ODD = '{"Effect":"Deny","Action":"ec2:*","Action":"s3:*","Resource":"*"}';
const ALL = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
const MARKER = '{"Sid":"QuarantinedByPolicyGuard","Effect":"Deny","Action":"none:null","Resource":"*"}';
const policy = (...statements: string[]) => `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;

const GUARDED = policy(NO_IAM, ALL, NO_KMS);
const GUARDRAIL = policy(NO_IAM, NO_KMS, MARKER);

describe('an inline policy with Denies', () => {
  const current = () => guard.iam.holder('user', HOLDER.user).inline.get(INLINE_NAME);
  const put = (document: string) => guard.iam.putInline('user', HOLDER.user, INLINE_NAME, document);
  async function waiting(document: string, eventId?: string): Promise<string> {
    put(document);
    const { end, requestId } = await guard.handle(putEvent('user', document, eventId));
    expect(end).toBe('waiting');
    return requestId;
  }

  beforeEach(() => guard.iam.createHolder('user', HOLDER.user));

  it('denies the same while its request waits, and the request tells what stands', async () => {
    const id = await waiting(GUARDED);
    expect(current()).toBe(GUARDRAIL);
    const containment = guard.ledger.requests.get(id)?.containment;
    const stands = containment?.type === 'inline-policy' ? containment.stands : undefined;
    expect(stands && unpack(stands)).toBe(GUARDRAIL);
  });

  it.each(['denied', 'expired'] as const)('denies the same after it was %s', async (decision) => {
    expect(await guard.decide(await waiting(GUARDED), decision)).toMatchObject({ outcome: decision });
    expect(current()).toBe(GUARDRAIL);
  });

  it('is back, byte for byte, after an approval', async () => {
    await guard.decide(await waiting(GUARDED), 'approved');
    expect(current()).toBe(GUARDED);
  });

  it('is taken out again at its denial, should it have been put back', async () => {
    const id = await waiting(GUARDED);
    put(GUARDED);
    await guard.decide(id, 'denied');
    expect(current()).toBe(GUARDRAIL);
  });

  it('leaves out a Deny that cannot be read without doubt, and names it', async () => {
    const id = await waiting(policy(ODD, ALL, NO_IAM));
    expect(current()).toBe(policy(NO_IAM, MARKER));
    expect(guard.ledger.requests.get(id)?.containment).toMatchObject({
      leftOut: [expect.stringContaining('Deny in statement 0')],
    });
  });

  it('can be approved after another one with other Denies has taken its place', async () => {
    const first = await waiting(GUARDED, 'first');
    const second = await waiting(policy(NO_KMS, ALL), 'second');
    expect(current()).toBe(policy(NO_KMS, MARKER));
    expect(await guard.decide(first, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(current()).toBe(GUARDED);
    expect(await guard.decide(second, 'approved')).toMatchObject({ outcome: 'superseded' });
  });

  it('is not taken for the placeholder because of a Sid', async () => {
    const forged = policy(ALL, MARKER);
    await waiting(forged);
    expect(current()).toBe(policy(MARKER));
  });

  it('leaves alone a policy of Denies that somebody has put there meanwhile', async () => {
    const id = await waiting(GUARDED);
    put(policy(NO_KMS, MARKER));
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'superseded' });
    expect(current()).toBe(policy(NO_KMS, MARKER));
  });

  it('gives way to what was in force before, where that is known and harmless', async () => {
    put(HARMLESS);
    guard.sweep();
    const id = await waiting(GUARDED);
    expect(current()).toBe(HARMLESS);
    await guard.decide(id, 'denied');
    expect(current()).toBe(HARMLESS);
  });

  it('keeps only the Denies of what was in force before, where that may not be in force now', async () => {
    put(policy(ALL, NO_KMS));
    guard.sweep({ isFirst: true });
    await waiting(policy(ALL, NO_IAM));
    expect(current()).toBe(policy(NO_KMS, NO_IAM, MARKER));
  });
});

describe('a managed policy with Denies', () => {
  it('denies the same while its request waits, and after a denial', async () => {
    guard.iam.createPolicy(ARN, GUARDED);
    const { requestId } = await guard.handle(createdEvent(GUARDED));
    expect(guard.iam.inForce(ARN)).toBe(GUARDRAIL);
    await guard.decide(requestId, 'denied');
    expect(guard.iam.inForce(ARN)).toBe(GUARDRAIL);
  });

  it('does not go back to a version that would open what the one in force has closed', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, GUARDED);
    guard.iam.createVersion(ARN, policy(ALL));
    await guard.handle(versionEvent('v3', policy(ALL)));
    expect(guard.iam.inForce(ARN)).toBe(GUARDRAIL);
  });

  it('goes back to a harmless version past one that was under review, whatever that denied', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, GUARDED);
    await guard.handle(versionEvent('v2', GUARDED, 'first'));
    guard.iam.createVersion(ARN, policy(ALL));
    await guard.handle(versionEvent('v3', policy(ALL), 'second'));
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });
});

describe('an attached policy with Denies', () => {
  const NAME = 'PolicyGuardDenies-report-cleaner';
  const holder = () => guard.iam.holder('user', HOLDER.user);
  const waiting = async () => (await guard.handle(attachEvent('user'))).requestId;

  beforeEach(() => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, GUARDED);
    guard.iam.attach('user', HOLDER.user, ARN);
  });

  it('denies the same by an inline policy while its request waits', async () => {
    const id = await waiting();
    expect(holder().attached.has(ARN)).toBe(false);
    expect(holder().inline.get(NAME)).toBe(policy(NO_IAM, NO_KMS));
    expect(guard.ledger.requests.get(id)?.containment).toMatchObject({ deniesName: NAME });
  });

  it.each([
    ['approved', true],
    ['denied', false],
    ['expired', false],
  ] as const)('leaves nothing of that behind when it is %s', async (decision, attached) => {
    await guard.decide(await waiting(), decision);
    expect(holder().attached.has(ARN)).toBe(attached);
    expect(holder().inline.size).toBe(0);
  });

  it.each([
    ['share their first hundred letters', `policy/${'a'.repeat(110)}-one`, `policy/${'a'.repeat(110)}-two`],
    ['are AWS’s and the account’s of one name', 'policy/both', 'aws:policy/both'],
  ])('stands beside those of another, where their names %s', async (_what, one, other) => {
    const arnOf = (path: string) =>
      path.startsWith('aws:') ? `arn:aws:iam::aws:${path.slice(4)}` : `arn:aws:iam::123456789012:${path}`;
    const target = { type: 'attachment', entity: 'user', entityName: HOLDER.user } as const;
    const iam = guard.iam.writer();
    for (const policyArn of [arnOf(one), arnOf(other)]) {
      const stood = await standDenies({ ...target, policyArn }, [GUARDED], { iam });
      expect(stood.leftOut).toBeUndefined();
    }
    expect(holder().inline.size).toBe(2);
    expect([...holder().inline.keys()].every((name) => name.length <= 128)).toBe(true);
  });

  it('never overwrites or deletes a policy of that name that is somebody else’s', async () => {
    guard.iam.putInline('user', HOLDER.user, NAME, HARMLESS);
    const id = await waiting();
    expect(guard.ledger.requests.get(id)?.containment).toEqual({
      type: 'attachment',
      tookOut: true,
      leftOut: [`its Denies: another policy has the name ${NAME}`],
    });
    await guard.decide(id, 'denied');
    expect(holder().inline.get(NAME)).toBe(HARMLESS);
  });
});
