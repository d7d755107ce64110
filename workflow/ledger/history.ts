import * as z from '../runtime/zod.ts';
import { itemReader } from './read-item.ts';
import type { ApprovalRequest } from './request.ts';
import { requesterKey } from './requester-key.ts';
import type { Store } from './store.ts';
import { fromItem, isDraft } from './stored-request.ts';
import { historyKey, requestKey } from './table.ts';
import { targetKey } from './target-key.ts';

const pointerSchema = z.object({ requestId: z.string() });

/** Makes a request findable by its target and its requester. Safe to repeat: the keys come from the change. */
export async function rememberRequest(store: Store, { id, change }: ApprovalRequest): Promise<void> {
  const target = targetKey(change.accountId, change.target);
  await Promise.all([
    store.put({ ...historyKey('target', target, change.eventTime, id), requestId: id }),
    store.put({
      ...historyKey('requester', requesterKey(change.requester), change.eventTime, id),
      requestId: id,
    }),
  ]);
}

/** Newest change first. A pointer whose request is not there (any more) is left out. */
export async function listHistory(
  store: Store,
  of: 'target' | 'requester',
  key: string,
  limit: number,
): Promise<ApprovalRequest[]> {
  const partition = historyKey(of, key, '', '').pk;
  const pointers = await store.query({ index: false, partition, newestFirst: true, limit });
  return readRequests(
    store,
    pointers.map((item) => readPointer(item).requestId),
  );
}

/** In the order of their ids; without those that are not there (any more). */
async function readRequests(store: Store, ids: readonly string[]): Promise<ApprovalRequest[]> {
  const unique = [...new Set(ids)];
  const items = new Map((await store.getAll(unique.map(requestKey))).map((item) => [item.pk, item]));
  return unique.flatMap((id) => {
    const item = items.get(requestKey(id).pk);
    return item === undefined || isDraft(item) ? [] : [fromItem(item).request];
  });
}

const readPointer = itemReader(pointerSchema);
