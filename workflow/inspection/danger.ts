import type { Finding } from './finding.ts';
import { type NamedSet, namedSets } from './restricted-actions/named-set.ts';

/** What a restricted action makes possible, the worst first. */
export const DANGERS = ['escalates', 'destroys', 'exposes', 'blinds', 'other'] as const;
export type Danger = (typeof DANGERS)[number];

const DANGER_OF_SET: Readonly<Record<string, Danger>> = {
  '@privilege-escalation': 'escalates',
  '@data-destruction': 'destroys',
  '@data-exposure': 'exposes',
  '@resource-policy': 'exposes',
  '@detection-evasion': 'blinds',
};

const DANGER_OF_ACTION = new Map<string, Danger>(
  // The first set that names an action is the worst, for so they are ordered here.
  [...namedSets].sort(byDanger).reverse().flatMap(actionsOf),
);

/** By the set that an entry came from or, where it is written by itself, by the named set that holds it. */
export function dangerOf({ restricted, set }: Pick<Finding, 'restricted' | 'set'>): Danger {
  const known = set === undefined ? undefined : DANGER_OF_SET[set];
  return known ?? DANGER_OF_ACTION.get(restricted.toLowerCase()) ?? 'other';
}

function byDanger(one: NamedSet, other: NamedSet): number {
  return rank(one) - rank(other);
}

function rank({ name }: NamedSet): number {
  return DANGERS.indexOf(DANGER_OF_SET[name] ?? 'other');
}

function actionsOf({ name, actions }: NamedSet): [string, Danger][] {
  return actions.map(({ pattern }) => [pattern.toLowerCase(), DANGER_OF_SET[name] ?? 'other']);
}
