import { describe, expect, it } from 'vitest';
import { keepOthers, keepOthersAnyhow } from '../../../workflow/steps/keep-others.ts';
import type { Quarantined } from '../../../workflow/steps/payloads.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { aRequest } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();
const now = new Date('2026-03-01T12:00:04.000Z');

it('keeps each of the others once, however often it is repeated, and hands the first on', async () => {
  const { change, inspection, executionArn } = aRequest('r1');
  const first: Quarantined = { status: 'quarantined', detail: 'Done.', change, inspection, executionArn };
  const others = ['r2', 'r3'].map((requestId) => ({ requestId, padded: { policyName: requestId } }));
  for (let times = 0; times < 2; times++) {
    expect(await keepOthers({ ledger, now }, { ...first, others })).toEqual(first);
  }
  expect(await ledger.listFurther()).toEqual(
    others.map((other) => ({ ...other, executionArn, at: now.toISOString() })),
  );
});

describe('where the first change does not come through', () => {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const padded = { policyName: 'r4' };
  const kept = { requestId: 'r4', padded, executionArn: 'arn', at: now.toISOString() };

  it.each([
    ['Inspect says them', { requestId: 'r4', padded, target: {}, sha256: 'x' }],
    ['Quarantine says them', { requestId: 'r4', padded }],
  ])('the others are kept as %s', async (_how, other) => {
    await ledger.removeFurther('r4');
    await keepOthersAnyhow({ ledger, now, log }, { others: [other], failure: {} }, 'arn');
    expect(await ledger.listFurther()).toContainEqual(kept);
  });

  it.each([undefined, 'text', {}, { others: 'all' }])('%s names none', async (state) => {
    const keepFurther = () => expect.unreachable();
    await keepOthersAnyhow({ ledger: { keepFurther }, now, log }, state, 'arn');
  });

  it('a silent ledger stops nothing', async () => {
    const keepFurther = () => Promise.reject(new Error('silent'));
    const state = { others: [{ requestId: 'r4', padded }] };
    await keepOthersAnyhow({ ledger: { keepFurther }, now, log }, state, 'arn');
  });
});
