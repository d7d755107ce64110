import { describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import type { Entity } from '../../../workflow/events/change.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard } from '../../support/each-guard.ts';
import { ARN, attachEvent, createdEvent, HOLDER, INLINE_NAME, putEvent } from '../../support/ways-in.ts';

const QUOTA: Readonly<Record<Entity, number>> = { user: 2_048, group: 5_120, role: 10_240 };
const NO_IAM = '{"Sid":"NoIam","Effect":"Deny","Action":"iam:*","Resource":"*"}';
const ALL = '{"Effect":"Allow","Action":"*","Resource":"*"}';
const policy = (...statements: string[]) => `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;
/** Shorter than the placeholder. */
const EVERYTHING = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

const padding = (characters: number) => policy(`{"Sid":"${'a'.repeat(characters)}"}`);
const lengthOf = (document: string) => document.replace(/\s/g, '').length;

/** Fills what is left of the quota beside one document. */
function fill(entity: Entity, document: string): void {
  const room = QUOTA[entity] - lengthOf(document);
  const other = padding(room - lengthOf(padding(0)));
  guard.iam.putInline(entity, HOLDER[entity], 'others', other);
}

describe.each(['user', 'group', 'role'] as const)(
  'an inline policy of a %s beside a full quota',
  (entity) => {
    const current = () => guard.iam.holder(entity, HOLDER[entity]).inline.get(INLINE_NAME);
    const put = (document: string) => guard.iam.putInline(entity, HOLDER[entity], INLINE_NAME, document);

    async function waiting(document: string): Promise<string> {
      guard.iam.createHolder(entity, HOLDER[entity]);
      put(document);
      fill(entity, document);
      const { end, requestId } = await guard.handle(putEvent(entity, document));
      expect(end).toBe('waiting');
      return requestId;
    }

    it('is deleted where not even the placeholder fits, and its document is kept', async () => {
      const id = await waiting(EVERYTHING);
      expect(current()).toBeUndefined();
      const request = guard.ledger.requests.get(id);
      expect(request?.document && unpack(request.document)).toBe(EVERYTHING);
      expect(request?.containment).toEqual({ type: 'inline-policy', deleted: true, tookOut: true });
    });

    it('comes back, byte for byte, when it is approved', async () => {
      expect(await guard.decide(await waiting(EVERYTHING), 'approved')).toMatchObject({
        outcome: 'approved',
      });
      expect(current()).toBe(EVERYTHING);
    });

    it('stays away when it is denied', async () => {
      expect(await guard.decide(await waiting(EVERYTHING), 'denied')).toMatchObject({ outcome: 'denied' });
      expect(current()).toBeUndefined();
    });

    it('keeps what it denies, without more, where that is all that fits', async () => {
      const document = policy(NO_IAM, ALL);
      const id = await waiting(document);
      expect(current()).toBe(policy(NO_IAM));
      expect(await guard.decide(id, 'denied')).toMatchObject({ outcome: 'denied' });
      expect(current()).toBe(policy(NO_IAM));
    });

    it('is not put back when the quota was filled meanwhile, which is said at once', async () => {
      guard.iam.createHolder(entity, HOLDER[entity]);
      put(EVERYTHING);
      const { requestId } = await guard.handle(putEvent(entity, EVERYTHING));
      guard.iam.deleteInline(entity, HOLDER[entity], INLINE_NAME);
      const room = padding(QUOTA[entity] - lengthOf(padding(0)));
      const request = guard.ledger.requests.get(requestId);
      if (request === undefined) throw new Error('There is no request.');
      guard.ledger.requests.set(requestId, {
        ...request,
        containment: { type: 'inline-policy', deleted: true },
      });
      guard.iam.putInline(entity, HOLDER[entity], 'others', room);
      const ending = await guard.decide(requestId, 'approved');
      expect(ending).toMatchObject({
        outcome: 'no-room',
        detail: expect.stringContaining('The approval stands'),
      });
      guard.iam.deleteInline(entity, HOLDER[entity], 'others');
      put(EVERYTHING);
      expect(await guard.handle(putEvent(entity, EVERYTHING, 'second'))).toMatchObject({ end: 'allowed' });
      expect(current()).toBe(EVERYTHING);
    });
  },
);

it('is deleted again after a try whose answer was lost, and known to be the guard’s own doing', async () => {
  guard.iam.createHolder('user', HOLDER.user);
  guard.iam.putInline('user', HOLDER.user, INLINE_NAME, EVERYTHING);
  fill('user', EVERYTHING);
  const judgement = await guard.inspect(putEvent('user', EVERYTHING));
  guard.iam.failAt({ call: 3, when: 'after' });
  expect(await guard.quarantine(judgement)).toMatchObject({
    status: 'quarantined',
    containment: { deleted: true },
  });
});

it('a managed policy of full length is quarantined: what does not fit is left out and named', async () => {
  const rest = 6_144 - lengthOf(policy(NO_IAM, ALL)) + 'NoIam'.length;
  const deny = NO_IAM.replace('NoIam', 'a'.repeat(rest));
  const document = policy(deny, ALL);
  expect(lengthOf(document)).toBe(6_144);
  guard.iam.createPolicy(ARN, document);
  const { end } = await guard.handle(createdEvent(document));
  expect(end).toBe('waiting');
  expect(guard.iam.inForce(ARN)).toBe(policy(deny));
});

it('a placeholder whose Denies IAM does not take any more is the bare one, and they are named', async () => {
  const document = policy(NO_IAM, ALL);
  guard.iam.createPolicy(ARN, document);
  const { RefusedDocumentError } = await import('../../../workflow/account/iam/iam.ts');
  let refused = 2;
  guard.iam.refuse = (call) =>
    call.startsWith('createDefaultPolicyVersion') && refused-- > 0
      ? new RefusedDocumentError('Syntax errors in policy.')
      : undefined;
  const { requestId } = await guard.handle(createdEvent(document));
  expect(guard.iam.inForce(ARN)).toBe(PLACEHOLDER);
  expect(guard.ledger.requests.get(requestId)?.containment).toMatchObject({
    leftOut: ['its Denies: they have no room'],
  });
});

it('an attachment is detached though its Denies have no room, and they are named', async () => {
  guard.iam.createHolder('user', HOLDER.user);
  guard.iam.createPolicy(ARN, policy(NO_IAM, ALL));
  guard.iam.attach('user', HOLDER.user, ARN);
  guard.iam.putInline('user', HOLDER.user, 'others', padding(2_048 - lengthOf(padding(0))));
  const { end, requestId } = await guard.handle(attachEvent('user'));
  expect(end).toBe('waiting');
  expect(guard.iam.holder('user', HOLDER.user).attached.has(ARN)).toBe(false);
  expect(guard.ledger.requests.get(requestId)?.containment).toEqual({
    type: 'attachment',
    tookOut: true,
    leftOut: ['its Denies: they have no room'],
  });
});
