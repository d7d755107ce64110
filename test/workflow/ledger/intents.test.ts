import { expect, it } from 'vitest';
import type { Target } from '../../../workflow/events/change.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Intent } from '../../../workflow/ledger/intents.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ledgerOfThisFile } from '../../support/ledger.ts';
import { ATTACHMENT, aChange, INLINE, MANAGED, REVIEWED } from '../../support/requests.ts';

const { ledger } = await ledgerOfThisFile();

function intent(requestId: string, eventTime: string, target: Target): Intent {
  const { eventName, accountId } = aChange();
  return {
    change: { requestId, eventName, eventTime, accountId, target },
    executionArn: `arn:aws:states:us-east-1:123456789012:execution:policy-guard:${requestId}`,
    document: pack(REVIEWED),
    plan: { type: 'managed-policy', instead: { versionId: 'v1' }, leftOut: [] },
    at: '2026-03-01T12:00:03.000Z',
  };
}

const keyOf = ({ change }: Intent) => targetKey(change.accountId, change.target);

it('finds what was begun on a target, newest change first', async () => {
  const first = intent('pg-a', '2026-03-01T12:00:00.000Z', MANAGED);
  const second = intent('pg-b', '2026-03-01T12:00:01.000Z', MANAGED);
  await ledger.keepIntent(second);
  await ledger.keepIntent(first);
  await ledger.keepIntent(intent('pg-c', '2026-03-01T12:00:02.000Z', INLINE));
  expect(await ledger.findIntents(keyOf(first), 10)).toEqual([second, first]);
  expect(await ledger.findIntents(keyOf(first), 1)).toEqual([second]);
});

it('keeps one for each change, the last that was said', async () => {
  const begun = intent('pg-a', '2026-03-01T12:00:00.000Z', ATTACHMENT);
  await ledger.keepIntent(begun);
  await ledger.keepIntent({ ...begun, deletesVersion: true });
  expect(await ledger.findIntents(keyOf(begun), 10)).toEqual([{ ...begun, deletesVersion: true }]);
});
