import type { Item, Store } from './store.ts';
import { DRAFT } from './stored-request.ts';
import { contentKey, requestKey } from './table.ts';

/** What is known of a request when it is drafted and hardly ever changes: most of its bytes. */
const CONTENT = [
  'change',
  'inspection',
  'document',
  'event',
  'containment',
  'surroundings',
  'principal',
  'unsure',
  'earlier',
  'exemption',
] as const;

/** Of the newest that were read: a function works on one request, and reads it a few times. */
const REMEMBERED = 16;

/**
 * A store that keeps the content of each request in an item of its own, written once: DynamoDB bills a write by the
 * size of the item, in the table and in the index, and a request is written a dozen times. Whoever reads through this
 * store sees whole requests.
 *
 * The content is written before its draft, under the id that only this draft has, and never again. So whatever names
 * a content was written after it, and the draft is still put in one conditional write; the content of a draft that
 * was not written is read by nobody. Attributes that are set later stand in the request's own item, and count before
 * those of its content. An item without the name of a content is whole.
 */
export function withContents(store: Store): Store {
  const remembered = new Map<string, Item>();

  function remember(content: Item): void {
    remembered.delete(content.sk);
    remembered.set(content.sk, content);
    for (const oldest of [...remembered.keys()].slice(0, -REMEMBERED)) remembered.delete(oldest);
  }

  async function whole<I extends Item | undefined>(item: I): Promise<I> {
    if (typeof item?.contentId !== 'string') return item;
    const key = contentKey(item.pk, item.contentId);
    const content = remembered.get(key.sk) ?? (await store.get(key));
    if (content !== undefined) remember(content);
    return { ...content, ...item };
  }

  /** Those of a list are not remembered: they would drive out the one that is worked on. */
  async function allWhole(items: Item[]): Promise<Item[]> {
    const keys = items.flatMap(({ pk, contentId }) =>
      typeof contentId === 'string' ? [contentKey(pk, contentId)] : [],
    );
    const contents = new Map((await store.getAll(keys)).map((content) => [content.sk, content]));
    return items.map((item) => ({ ...contents.get(contentKey(item.pk, `${item.contentId}`).sk), ...item }));
  }

  return {
    ...store,
    getAll: async (keys) => allWhole(await store.getAll(keys)),
    get: async (key) => whole(await store.get(key)),
    put: async (item, condition) => {
      if (!isWholeDraft(item)) return store.put(item, condition);
      const { content, rest } = split(item);
      await store.put(content);
      remember(content);
      return store.put({ ...rest, contentId: item.draftId }, condition);
    },
    update: async (...change) => whole(await store.update(...change)),
    query: async (query) => allWhole(await store.query(query)),
  };
}

/** A draft that was voided has no content. */
function isWholeDraft(item: Item): item is Item & { draftId: string } {
  return item.sk === requestKey('').sk && item.status === DRAFT && item.change !== undefined;
}

function split(item: Item & { draftId: string }): { content: Item; rest: Item } {
  const rest: Item = { ...item };
  const content: Item = { ...contentKey(item.pk, item.draftId) };
  for (const name of CONTENT) {
    if (rest[name] !== undefined) content[name] = rest[name];
    delete rest[name];
  }
  return { content, rest };
}
