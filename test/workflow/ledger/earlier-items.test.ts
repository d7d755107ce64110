import { beforeEach, describe, expect, it } from 'vitest';
import { ledgerOver } from '../../../workflow/ledger/dynamodb-ledger.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Store } from '../../../workflow/ledger/store.ts';
import { documentKey, requestKey } from '../../../workflow/ledger/table.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';
import { memoryStore } from './memory-store.ts';

const old = aRequest('old');
const other = aRequest('other');
const asked = [targetKey(old.change.accountId, old.change.target), old.document?.sha256 ?? ''] as const;

let store: Store;
let ledger: Ledger;

beforeEach(() => {
  store = memoryStore();
  ledger = ledgerOver(store);
});

/** As versions before the draft ids wrote them. */
async function earlierItems(status: ApprovalRequest['status'] | 'draft', claimed = true): Promise<void> {
  const decision = status === 'decided' ? { decision: APPROVED } : {};
  await store.put({ ...old, ...requestKey(old.id), status, ...decision });
  if (claimed) await store.put({ ...documentKey(...asked), requestId: old.id, nonce: 'earlier' });
}

describe('items of an earlier version', () => {
  it('a pending request still holds its document', async () => {
    await earlierItems('pending');
    expect(await ledger.findPending(...asked)).toBe(old.id);
    expect(await ledger.record(other)).toEqual({ status: 'duplicate', of: old.id });
  });

  it('an approval is still found', async () => {
    await earlierItems('decided');
    expect(await ledger.findApproval(...asked)).toMatchObject({ requestId: old.id });
  });

  it('an approval is void once the document is asked about again', async () => {
    await earlierItems('decided');
    expect(await ledger.record(other)).toMatchObject({ status: 'recorded' });
    expect(await ledger.findApproval(...asked)).toBeUndefined();
    expect(await ledger.findPending(...asked)).toBe(other.id);
  });

  it.each([true, false])('a draft is finished by its own execution (claimed: %s)', async (claimed) => {
    await earlierItems('draft', claimed);
    expect(await ledger.record(old)).toMatchObject({ status: 'recorded' });
    expect(await ledger.findPending(...asked)).toBe(old.id);
  });

  it('a draft that was left behind loses its document to another execution', async () => {
    await earlierItems('draft');
    expect(await ledger.record(other)).toMatchObject({ status: 'recorded' });
    expect(await ledger.record(old)).toEqual({ status: 'duplicate', of: other.id });
  });
});
