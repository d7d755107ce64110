import { describe, expect, it } from 'vitest';
import { covers } from '../../../workflow/containment/principal.ts';
import { identityOf } from '../../../workflow/events/identity.ts';
import { ATTACHMENT, aChange, INLINE } from '../../support/requests.ts';

const BEFORE = '2026-03-01T12:00:00.000Z';
const APPROVED_AT = '2026-03-01T12:05:00.000Z';
const AFTER = '2026-03-01T12:10:00.000Z';
const principal = { id: 'AROAEXAMPLE' };
const somebodyElse = {
  type: 'IAMUser',
  label: 'bob',
  arn: 'arn:aws:iam::123456789012:user/bob',
  names: ['bob'],
};

const approval = (requester = aChange().requester) => ({
  ...{ requestId: 'r1', at: APPROVED_AT, by: 'Ada', principal, carriedOut: true },
  makers: [identityOf(requester)],
});

describe.each([
  ['an inline policy', { eventName: 'PutRolePolicy', target: INLINE }],
  ['an attachment', { eventName: 'AttachUserPolicy', target: ATTACHMENT }],
])('an approval of %s covers', (_, what) => {
  it('the same made again after it, whoever makes it', () => {
    expect(
      covers(approval(somebodyElse), { change: aChange({ ...what, eventTime: AFTER }), principal }),
    ).toBe(true);
  });

  it('what its own maker had made before, and is reported late', () => {
    expect(covers(approval(), { change: aChange({ ...what, eventTime: BEFORE }), principal })).toBe(true);
  });

  it('not what somebody else had made before it, who may be the one who approved', () => {
    expect(
      covers(approval(somebodyElse), { change: aChange({ ...what, eventTime: BEFORE }), principal }),
    ).toBe(false);
  });

  it('in the second that CloudTrail tells of the approval, only what a session of the guard’s role wrote', () => {
    const change = aChange({ ...what, eventTime: APPROVED_AT });
    expect(covers(approval(somebodyElse), { change, principal })).toBe(false);
    expect(covers(approval(somebodyElse), { change, principal, byGuard: true })).toBe(true);
    const earlier = { change: { ...change, eventTime: BEFORE }, principal, byGuard: true } as const;
    expect(covers(approval(somebodyElse), earlier)).toBe(false);
  });
});
