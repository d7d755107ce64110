import { FAULTS, type FaultKind } from '../world/fault.ts';
import type { Case } from './case.ts';
import { seedOf } from './seeded.ts';

/** One of so many cases, the same for the same seed whatever other cases there are. */
export function oneIn<T extends Case>(cases: readonly T[], each: number, seed: number): T[] {
  return cases.filter(({ id }) => seedOf(id, seed) % each === 0);
}

/** Of each family, one in so many is in the short form beside the singles of one containment. */
const SHORT: Readonly<Record<Case['family'], number>> = {
  ...{ 'no fault': 1, singles: 700, pairs: 1 },
  ...{ 'orders and races': 7, outages: 90 },
};
/** The short form is the same each time, unless another seed is asked for. */
export const SHORT_SEED = 1;
export const SHORT_PAIRS = 12;

/** Every function's every operation with every fault, of one containment with an approval, and a sample of the rest. */
export function shortForm(cases: readonly Case[], seed: number): Case[] {
  const isWhole = ({ family, containment, story }: Case) =>
    family === 'singles' && containment === 'inline' && story === 'approve';
  return [
    ...eachOperationAndFault(cases.filter(isWhole)),
    ...cases.filter((one) => !isWhole(one) && oneIn([one], SHORT[one.family], seed).length > 0),
  ];
}

/** Where an operation is called more than once, its faults are spread over the calls. */
function eachOperationAndFault(singles: readonly Case[]): Case[] {
  const alike = Map.groupBy(singles, ({ faults: [fault] = [] }: Case) => {
    return `${operationIn(fault?.at)} ${fault?.kind}`;
  });
  return [...alike.values()].flatMap((cases) => {
    const kind = FAULTS.indexOf(cases[0]?.faults?.[0]?.kind as FaultKind);
    return cases[kind % cases.length] ?? [];
  });
}

/** `contain iam:GetUser` of `contain.quarantine iam:GetUser #2`. */
const operationIn = (call = '') => call.replace(/^(\w+)\.(?:\S+) (\S+).*$/, '$1 $2');
