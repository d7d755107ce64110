import { keepUnconfirmed } from './confirmations.ts';
import { readPredecessor } from './document-pointer.ts';
import type { RecordResult } from './draft.ts';
import { rememberRequest } from './history.ts';
import { recordRequest } from './record-request.ts';
import type { ApprovalRequest } from './request.ts';
import type { Store } from './store.ts';
import { indexPlace, withStatus } from './stored-request.ts';
import { requestKey } from './table.ts';

/** How requests come into the ledger. */
export interface RecordLedger {
  /**
   * `duplicate` when this request id was recorded by another execution, or when a pending request holds the same
   * document on the same target (see `targetKey`): there is never a second request for the same thing. The same
   * execution may record again after a crash and is told `recorded`.
   */
  record(request: ApprovalRequest): Promise<RecordResult>;
  /** Keeps a change that was reported and left alone: closed from the start. Safe to repeat. */
  recordUntouched(request: ApprovalRequest & { outcome: 'observed' | 'exempt' }): Promise<void>;
  /** The request that was asked about this very document on this target before, if there is one. */
  readPredecessor(request: ApprovalRequest): Promise<ApprovalRequest | undefined>;
}

export function recordsOver(store: Store): RecordLedger {
  return {
    record: async (request) => {
      const result = await recordRequest(store, request);
      if (result.status === 'recorded') {
        await Promise.all([rememberRequest(store, request), keepNamingEvents(store, request)]);
      }
      return result;
    },
    recordUntouched: async (request) => {
      const place = { ...withStatus('closed'), gsi1sk: indexPlace(request) };
      const item = { ...request, ...requestKey(request.id), ...place };
      await store.put(item, { expression: 'attribute_not_exists(#pk)' });
      await rememberRequest(store, request);
    },
    readPredecessor: (request) => readPredecessor(store, request),
  };
}

/** Every event that names somebody, and that CloudTrail has said nothing of. */
async function keepNamingEvents(store: Store, request: ApprovalRequest): Promise<void> {
  const { id, change, executionArn, createdAt: at, confirmed, refuted, alsoNamed = [] } = request;
  const { requester, eventId } = change;
  const events = [{ requester, eventId, executionArn, at, confirmed, refuted }, ...alsoNamed].filter(
    (named) => named.confirmed === undefined && named.refuted === undefined,
  );
  await Promise.all(events.map((event) => keepUnconfirmed(store, id, event)));
}
