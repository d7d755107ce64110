import * as z from '../runtime/zod.ts';
import { readItem } from './read-item.ts';
import type { Store } from './store.ts';
import { listingKey } from './table.ts';

/** What somebody was shown before they decided several requests at once: these are decided, whatever else arrives. */
const listingSchema = z.object({
  requestIds: z.array(z.string()),
  at: z.iso.datetime(),
});
export type Listing = z.infer<typeof listingSchema>;

/** Kept with one request of the group, by a name that whoever lists makes up. */
export interface Listings {
  storeListing(requestId: string, listingId: string, listing: Listing): Promise<void>;
  readListing(requestId: string, listingId: string): Promise<Listing | undefined>;
}

export function listingsOver(store: Store): Listings {
  return {
    storeListing: async (requestId, listingId, listing) => {
      await store.put({ ...listingKey(requestId, listingId), ...listing });
    },
    readListing: (requestId, listingId) => readItem(store, listingKey(requestId, listingId), listingSchema),
  };
}
