import { expect, it } from 'vitest';
import { keepOthers } from '../../../workflow/steps/keep-others.ts';
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
