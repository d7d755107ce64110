import { describe, expect, it } from 'vitest';
import type { Change, Target } from '../../../workflow/events/change.ts';
import type { Contained } from '../../../workflow/steps/contain-wherever.ts';
import { seekHolder } from '../../../workflow/steps/seek-holder.ts';
import { aRequest } from '../../support/requests.ts';

const INLINE: Target = { type: 'inline-policy', entity: 'user', entityName: 'mine', policyName: 'x' };
const ATTACHED: Target = {
  ...{ type: 'attachment', entity: 'group', entityName: 'ours' },
  policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
};

function contained(target: Target, result: Partial<Contained['result']> = {}, change: Partial<Change> = {}) {
  return {
    result: { status: 'gone', detail: 'It is not there any more.', ...result } as Contained['result'],
    ...{ change: { ...aRequest('r1').change, target, ...change }, others: [] },
  };
}

describe('what nobody holds by the name of its event', () => {
  it.each([
    ['gone', INLINE, { policyName: 'x' }],
    ['superseded', INLINE, { policyName: 'x' }],
    ['gone', ATTACHED, {}],
  ] as const)('is looked for when it is %s', (status, target, padded) => {
    const requestId = expect.stringMatching(/^pg-[a-z2-7]{10}$/);
    const one = contained(target, { status });
    // Whoever has the name now, in whose change it was looked for.
    const asked = { ...one, change: { ...one.change, holder: { id: 'AIDA1' } } };
    const { others } = seekHolder(one.change, asked);
    expect(others).toEqual([{ requestId, padded, seeksHolder: true }]);
    expect(others[0]?.requestId).not.toBe('r1');
  });
});

it.each([
  ['what is out of force', contained(INLINE, { status: 'quarantined' })],
  ['what is decided', contained(INLINE, { status: 'superseded', isDecided: true })],
  ['what was made of one who is known by now', contained(INLINE, {}, { holder: { id: 'AIDA1' } })],
  ['what was made of a role, which keeps its name', contained({ ...INLINE, entity: 'role' })],
  ['a policy, which keeps its name', contained(aRequest('r1').change.target)],
])('looks no further for %s', (_what, one) => {
  expect(seekHolder(one.change, one)).toBe(one);
});
