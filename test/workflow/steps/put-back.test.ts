import { beforeEach, describe, expect, it } from 'vitest';
import { putBackApproved } from '../../../workflow/steps/put-back.ts';
import { guard } from '../../support/each-guard.ts';
import { Guard } from '../../support/guard.ts';
import { BAD, WAYS_IN } from '../../support/ways-in.ts';

/** The changes that an earlier approval covers: a new version of a managed policy is always asked about. */
const COVERED = WAYS_IN.filter(({ eventName }) => !eventName.startsWith('CreatePolicy'));

describe.each(COVERED)('$eventName of what was approved, taken out while the ledger was away', (way) => {
  beforeEach(async () => {
    way.prepare(guard.iam);
    way.make(guard.iam);
    await guard.decide((await guard.handle(way.event('first'))).requestId, 'approved');
    way.again(guard.iam);
    guard.ledger.down = true;
  });

  const quarantined = async () => {
    const result = await guard.quarantine(await guard.inspect(way.event('second')));
    expect(result.status).toBe('quarantined');
    guard.ledger.down = false;
    return result;
  };
  const putBack = async (state: Awaited<ReturnType<typeof quarantined>>) =>
    putBackApproved(state, 0, { attachments: guard.attachments }, guard.ledger, guard.tools());

  it('is put back as soon as the ledger answers', async () => {
    expect(await putBack(await quarantined())).toMatchObject({
      outcome: 'approved',
      detail: expect.stringContaining('approved before by Robin'),
    });
    expect(way.granted(guard.iam)).toBe(BAD);
    expect(await guard.inspect(way.event('third'))).toMatchObject({ verdict: 'allowed' });
  });

  it('stays out of force while the ledger does not', async () => {
    const state = await quarantined();
    guard.ledger.down = true;
    await expect(putBack(state)).rejects.toThrow('The ledger is down.');
  });

  it('is asked about when another one has the name by now', async () => {
    const state = await quarantined();
    const { principal } = state;
    if (principal === undefined) throw new Error('There is no principal.');
    expect(await putBack({ ...state, principal: { ...principal, id: 'AROAANOTHER' } })).toBeUndefined();
  });
});

it('is asked about when it was never approved', async () => {
  const [way] = COVERED;
  if (way === undefined) throw new Error('There is no such change.');
  const guard = new Guard();
  way.prepare(guard.iam);
  way.make(guard.iam);
  const state = await guard.quarantine(await guard.inspect(way.event()));
  const rules = { attachments: guard.attachments };
  expect(await putBackApproved(state, 0, rules, guard.ledger, guard.tools())).toBeUndefined();
});

it('is asked about when attachments always are', async () => {
  const way = COVERED.find(({ eventName }) => eventName === 'AttachUserPolicy');
  if (way === undefined) throw new Error('There is no such change.');
  const guard = new Guard();
  guard.attachments = 'always-ask';
  way.prepare(guard.iam);
  way.make(guard.iam);
  await guard.decide((await guard.handle(way.event('first'))).requestId, 'approved');
  way.again(guard.iam);
  const state = await guard.quarantine(await guard.inspect(way.event('second')));
  const rules = { attachments: guard.attachments };
  expect(await putBackApproved(state, 0, rules, guard.ledger, guard.tools())).toBeUndefined();
});
