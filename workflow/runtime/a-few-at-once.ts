/**
 * Does something for each item, a few of them at a time.
 *
 * @param most how many at once
 * @throws what the first that fails throws; what was begun goes on
 */
export async function aFewAtOnce<Item>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
