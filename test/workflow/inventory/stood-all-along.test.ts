import { beforeEach, describe, expect, it } from 'vitest';
import { stoodAllAlong } from '../../../workflow/inventory/stood-all-along.ts';
import type { Grant } from '../../../workflow/ledger/inventory.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { guard } from '../../support/each-guard.ts';
import { ACCOUNT } from '../../support/fixture-events.ts';
import { ARN, BAD, HARMLESS, HOLDER, INLINE_NAME } from '../../support/ways-in.ts';

const { user } = HOLDER;
const HELD = { entity: 'user', entityName: user } as const;
const INLINE = { type: 'inline-policy', ...HELD, policyName: INLINE_NAME } as const;
const ATTACHED = { type: 'attachment', ...HELD, policyArn: ARN } as const;

beforeEach(() => {
  guard.iam.createHolder('user', user);
  guard.iam.createPolicy(ARN, BAD);
  guard.iam.attach('user', user, ARN);
  guard.iam.putInline('user', user, INLINE_NAME, BAD);
  guard.sweep({ isFirst: true });
});

const entry = () => guard.ledger.inventory.get(user);
const principal = async (policy = ARN) => ({
  id: entry()?.id ?? '',
  policyId: (await guard.iam.writer().getPolicy(policy)).id,
});

describe.each([INLINE, ATTACHED])('a grant of the stock: $type', (target) => {
  const stood = async (changes: Partial<Grant> = {}, more: object = {}) => {
    const known = entry();
    const key = targetKey(ACCOUNT, target);
    const grant = known?.grants[key];
    const changed = known && grant && { ...known, grants: { [key]: { ...grant, ...changes } } };
    const whom = { ...(await principal()), ...more };
    return stoodAllAlong({ accountId: ACCOUNT, target }, BAD, whom, changed);
  };

  it('stood there all along', async () => expect(await stood()).toBe(true));

  it.each<[string, Partial<Grant>, object]>([
    ['nobody has looked at it yet', { status: 'open' }, {}],
    ['an execution was started for it', { status: 'found' }, {}],
    ['it is said to have ended', { endedAt: '2026-03-02T09:16:05Z' }, {}],
    ['something else stood there', { sha256: 'other' }, {}],
    ['another one has the name', {}, { id: 'AIDAOTHER' }],
  ])('did not where %s', async (_why, changes, more) => expect(await stood(changes, more)).toBe(false));
});

it('what quarantine has replaced stood there too, once a sweep has seen what it left', async () => {
  guard.iam.putInline('user', user, INLINE_NAME, HARMLESS);
  guard.sweep();
  const about = { accountId: ACCOUNT, target: INLINE };
  expect(stoodAllAlong(about, BAD, await principal(), entry())).toBe(true);
  expect(stoodAllAlong(about, 'other', await principal(), entry())).toBe(false);
});

it('nothing tells so where nothing is known', async () => {
  const about = { accountId: ACCOUNT, target: INLINE };
  expect(stoodAllAlong(about, BAD, await principal(), undefined)).toBe(false);
  expect(stoodAllAlong(about, BAD, undefined, entry())).toBe(false);
});
