import { section } from './blocks.ts';
import { LIMIT } from './limits.ts';
import type { Block } from './types.ts';
/**
 * Packs lines into as few sections as hold them, never cutting a line that fits into a section by itself.
 *
 * @param separator what stands between two lines of one section
 */
export function sections(lines: readonly string[], separator = '\n'): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    const joined = last === undefined ? line : `${last}${separator}${line}`;
    if (last === undefined || joined.length > LIMIT.sectionText) texts.push(line);
    else texts[texts.length - 1] = joined;
  }
  return texts.map(section);
}

/** Items joined while they fit the budget, and a line that counts those that did not, with `more` that were not given. */
export function listWithin(items: readonly string[], budget: number, more = 0): string[] {
  const { shown, left } = takeWithin(items, budget);
  return left + more === 0 ? shown : [...shown, `_… and ${left + more} more._`];
}

/**
 * Takes items from the front while their text fits the budget.
 *
 * @returns the items that fit, and how many did not
 */
export function takeWithin(items: readonly string[], budget: number): { shown: string[]; left: number } {
  const shown: string[] = [];
  let used = 0;
  for (const item of items) {
    used += item.length + 2;
    if (used > budget) break;
    shown.push(item);
  }
  return { shown, left: items.length - shown.length };
}
