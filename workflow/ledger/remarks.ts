import { randomUUID } from 'node:crypto';
import { LedgerContentionError } from './errors.ts';
import type { ApprovalRequest, Remark } from './request.ts';
import type { Condition, Store } from './store.ts';
import { fromItem, readStored, type StoredRequest } from './stored-request.ts';
import { requestKey } from './table.ts';

/** `ended`: it does not wait any more, so nobody waits for an answer. `full`: no more of its kind are kept. */
export type RemarkResult =
  | { status: 'kept' | 'ended' | 'full'; request: ApprovalRequest }
  | { status: 'unknown' };

/** Questions about a request that waits, and what its requester says. */
export interface RemarkLedger {
  /**
   * Keeps a remark. The same one by the same person as the last thing said is kept once: a click is repeated when its
   * answer was lost.
   *
   * @throws LedgerContentionError when others kept writing at once
   */
  addRemark(id: string, remark: Remark): Promise<RemarkResult>;
}

/** Questions, and answers and reasons together: neither side can take the other's room. */
export const MOST_REMARKS = 10;

/** Each further round means that somebody else said something in between. */
const ROUNDS = 10;

export function remarksOver(store: Store): RemarkLedger {
  return { addRemark: (id, remark) => addRemark(store, id, remark) };
}

async function addRemark(store: Store, id: string, remark: Remark): Promise<RemarkResult> {
  const remarkId = randomUUID();
  for (let round = 0; round < ROUNDS; round++) {
    const found = await readStored(store, id);
    if (found === undefined) return { status: 'unknown' };
    const { request } = found;
    const remarks = request.remarks ?? [];
    // Also after a failed condition: the SDK repeats a write whose answer was lost, and then meets its own remark.
    if (found.remarkId === remarkId || isSame(remarks.at(-1), remark)) return { status: 'kept', request };
    if (request.status !== 'pending') return { status: 'ended', request };
    if (remarks.filter((each) => isQuestion(each) === isQuestion(remark)).length >= MOST_REMARKS) {
      return { status: 'full', request };
    }
    const set = { remarks: [...remarks, remark], remarkId };
    const item = await store.update(requestKey(id), set, unchanged(found));
    if (item !== undefined) return { status: 'kept', request: fromItem(item).request };
  }
  throw new LedgerContentionError(id);
}

function isQuestion({ kind }: Remark): boolean {
  return kind === 'question';
}

function isSame(last: Remark | undefined, { kind, by, text }: Remark): boolean {
  return last?.kind === kind && last.text === text && last.by.slackUserId === by.slackUserId;
}

function unchanged({ remarkId }: StoredRequest): Condition {
  const same = remarkId === undefined ? 'attribute_not_exists(#remarkId)' : '#remarkId = :remarkId';
  return {
    expression: `#status = :pending AND ${same}`,
    values: { ':pending': 'pending', ...(remarkId !== undefined && { ':remarkId': remarkId }) },
  };
}
