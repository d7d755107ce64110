import { describe, expect, it } from 'vitest';
import { describeBefore } from '../../../../bot/media/wording/describe-before.ts';
import type { ApprovalRequest, Surroundings } from '../../../../workflow/ledger/request.ts';
import { ATTACHMENT, aChange, aRequest, INLINE, MANAGED } from '../../../support/requests.ts';

const since = '2026-03-01T12:00:05.000Z';
const TARGETS = { 'managed-policy': MANAGED, 'inline-policy': INLINE, attachment: ATTACHMENT };

const tell = (
  containment: Exclude<ApprovalRequest['containment'], { type: 'none' }>,
  before?: Surroundings['before'],
) =>
  describeBefore(
    aRequest('one', {
      change: aChange({ target: TARGETS[containment.type], eventName: 'CreatePolicyVersion' }),
      containment,
      surroundings: { ...(before && { before }) },
    }),
  );

describe('what was before, and is now', () => {
  const version = { type: 'managed-policy', inForceVersionId: 'v1' } as const;
  const inline = { type: 'inline-policy' } as const;
  const attachment = { type: 'attachment' } as const;
  const [none, one] = [
    { more: 0, fewer: 0 },
    { more: 1, fewer: 1 },
  ];
  const stood = {
    label: 'as it stood',
    since,
    difference: { statements: one, actions: { more: 2, fewer: 0 } },
  };

  it.each<[string, ...Parameters<typeof tell>]>([
    ['v1, nothing restricted; in force again now', version],
    ['v1, nothing restricted; in force again now', version, { label: 'v1', since }],
    [
      'v3 since 2026-03-01 12:00:05 UTC; v1, exactly as it was approved, is in force now',
      { ...version, inForceGrants: 'approved' },
      { label: 'v3', since },
    ],
    ['not known; a placeholder that grants nothing is in force now', inline],
    ['nothing; a placeholder that grants nothing is in force now', inline, { label: 'nothing' }],
    [
      'as it stood since 2026-03-01 12:00:05 UTC, nothing restricted; in force again now; +1 −1 statements, +2 actions',
      { ...inline, isBefore: 'harmless' },
      stood,
    ],
    [
      'as it stood since 2026-03-01 12:00:05 UTC, exactly as it was approved; in force again now; nothing differs',
      { ...inline, isBefore: 'approved' },
      { ...stood, difference: { statements: none, actions: none } },
    ],
    ['not known; detached now', attachment],
    ['not attached; detached now', attachment, { label: 'not attached' }],
    [
      'attached already since 2026-03-01 12:00:05 UTC; detached now',
      attachment,
      { label: 'attached already', since },
    ],
  ])('is told as “%s”', (words, containment, before) => {
    expect(tell(containment, before)).toBe(words);
  });
});
