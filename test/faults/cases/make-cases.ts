import { seeded } from '../../../infra/sandbox/faults/draws.ts';
import { CONTAINMENTS } from '../plays/containments.ts';
import { ENDINGS } from '../plays/endings.ts';
import { ORDERS } from '../plays/orders.ts';
import type { MadeCall } from '../plays/play.ts';
import { FAULTS, type Outage } from '../world/fault.ts';
import type { Case } from './case.ts';
import { pick, seedOf } from './seeded.ts';

/** A case without faults, with the calls that left the functions in it. */
export interface Recording {
  played: Case;
  calls: readonly MadeCall[];
  /** How many of them were made before people were asked. */
  callsUntilAsked: number;
}

const CONTAINMENT_NAMES = CONTAINMENTS.map(({ name }) => name);

/** Each containment with each ending, and nothing goes wrong: the calls are recorded from these. */
export function plainCases(): Case[] {
  return CONTAINMENT_NAMES.flatMap((containment) =>
    ENDINGS.map(
      (story): Case => ({
        ...{ family: 'no fault', id: `none | ${containment} | ${story}`, containment, story },
      }),
    ),
  );
}

/** Two faults in one case, drawn by the seed. @param index which pair of that seed */
export function pairCase(recordings: readonly Recording[], seed: number, index: number): Case {
  const random = seeded(seedOf(`pair ${index}`, seed));
  const { played, calls } = pick(recordings, random);
  const fault = () => ({ at: pick(calls, random).id, kind: pick(FAULTS, random) });
  return { ...played, family: 'pairs', id: `pair ${index}`, faults: [fault(), fault()] };
}

export function orderCases(): Case[] {
  return ORDERS.flatMap(({ name, of = CONTAINMENT_NAMES }) =>
    of.map(
      (containment): Case => ({
        ...{ family: 'orders and races', id: `order | ${containment} | ${name}`, containment, story: name },
      }),
    ),
  );
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SERVICES = ['iam', 'dynamodb', 'slack', 'sns', 'secretsmanager', 'states'];

/** An hour without each dependency, each pair of them, and all, from the change on and from just before the decision. */
export function outageCases(): Case[] {
  const pairs = SERVICES.flatMap((one, index) => SERVICES.slice(index + 1).map((other) => [one, other]));
  const away = [...SERVICES.map((one) => [one]), ...pairs, SERVICES];
  const outages = away.flatMap((services) =>
    [0, MINUTE_MS].flatMap((fromMs) =>
      (['unreachable', 'silent'] as const).map((as): Outage => ({ services, fromMs, lastsMs: HOUR_MS, as })),
    ),
  );
  return CONTAINMENT_NAMES.flatMap((containment) =>
    (['approve', 'deny', 'expire'] as const).flatMap((story) =>
      outages.map((outage) => outageCase(containment, story, outage)),
    ),
  );
}

function outageCase(containment: string, story: string, outage: Outage): Case {
  const { services, fromMs, as } = outage;
  const when = fromMs === 0 ? 'from the change on' : 'from the decision on';
  return {
    ...{ family: 'outages', containment, story, outages: [outage] },
    id: `outage | ${containment} | ${story} | ${services.join(' and ')} ${as} ${when}`,
  };
}
