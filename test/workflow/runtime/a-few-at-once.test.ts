import { expect, it } from 'vitest';
import { aFewAtOnce } from '../../../workflow/runtime/a-few-at-once.ts';

const ITEMS = [1, 2, 3, 4, 5, 6, 7];

it('works at as many at a time as it is told, until all are done', async () => {
  let now = 0;
  const seen: number[] = [];
  const done: number[] = [];
  await aFewAtOnce(ITEMS, 3, async (item) => {
    seen.push(++now);
    await new Promise(setImmediate);
    now -= 1;
    done.push(item);
  });
  expect(Math.max(...seen)).toBe(3);
  expect(done.sort()).toEqual(ITEMS);
});

it('fails as the first one does', async () => {
  const work = async (item: number) => {
    if (item % 2 === 0) throw new Error(`${item}`);
  };
  await expect(aFewAtOnce(ITEMS, 3, work)).rejects.toThrow('2');
});
