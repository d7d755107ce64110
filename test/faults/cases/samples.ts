import type { Case } from './case.ts';
import { seedOf } from './seeded.ts';

/** One of so many cases, the same for the same seed whatever other cases there are. */
export function oneIn<T extends Case>(cases: readonly T[], each: number, seed: number): T[] {
  return cases.filter(({ id }) => seedOf(id, seed) % each === 0);
}

export interface Shard {
  /** From 1 on. */
  nth: number;
  of: number;
}

/** One part of so many that are about alike; all of them together are the cases, each once. */
export function shardOf<T extends Case>(cases: readonly T[], { nth, of }: Shard): T[] {
  return cases.filter((_, index) => index % of === nth - 1);
}

/** The short form is the same each time, unless another seed is asked for. */
export const SHORT_SEED = 1;
export const SHORT_PAIRS = 5;

/**
 * Of each containment a single with each fault, an order and an outage. Of all that fit, those at a call, and of a
 * story, that the others of the sample have least.
 */
export function shortForm(cases: readonly Case[], seed: number): Case[] {
  const taken = new Map<string, number>();
  const count = (of: string) => taken.get(of) ?? 0;
  const groups = Map.groupBy(cases, ({ family, containment, faults: [fault] = [] }: Case) =>
    [family, containment, fault?.kind].join(),
  );
  return [...groups.values()].map((group) => {
    const ranked = group.map((one) => {
      const of = [operationIn(one), `${one.family} ${one.story}`];
      return { one, of, rank: [...of.map(count), seedOf(one.id, seed)] };
    });
    const [least] = ranked.toSorted((a, b) => compare(a.rank, b.rank));
    for (const each of least?.of ?? []) taken.set(each, count(each) + 1);
    return (least as (typeof ranked)[number]).one;
  });
}

/** `contain iam:GetUser` of a fault at `contain.quarantine iam:GetUser #2`. */
function operationIn({ faults: [fault] = [], id }: Case): string {
  return fault?.at.replace(/^(\w+)\.(?:\S+) (\S+).*$/, '$1 $2') ?? id;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const first = one.findIndex((number, index) => number !== other[index]);
  return first === -1 ? 0 : (one[first] ?? 0) - (other[first] ?? 0);
}
