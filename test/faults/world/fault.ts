import { virtualNow } from '../time/virtual-time.ts';
import type { Call } from './name-call.ts';

/** What can happen to a call, and to the function that makes it. */
export const FAULTS = [
  'throttled once',
  'throttled for long',
  '500',
  'reset',
  'time-out',
  'hung',
  'done, answer lost',
  'denied for good',
  'killed before',
  'killed during',
  'killed after',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** A fault at one call of a case. */
export interface Fault {
  /** `Call.id` */
  at: string;
  kind: FaultKind;
}

/** Services that are away for a while. */
export interface Outage {
  services: readonly string[];
  /** Milliseconds from the change on. */
  fromMs: number;
  lastsMs: number;
  /** How they are away. */
  as: 'unreachable' | 'silent';
}

const MINUTE_MS = 60_000;
/** How long a fault lasts that does not end by itself: longer than a step is tried again. `denied for good` ends when a person has mended it, after a request would have expired. */
const LASTS_MS: Partial<Record<FaultKind, number>> = {
  'throttled for long': 15 * MINUTE_MS,
  '500': MINUTE_MS,
  hung: 15 * MINUTE_MS,
  'denied for good': 40 * MINUTE_MS,
};

/** What an endpoint does with one request. */
export type Fate =
  | 'answer'
  | 'throttle'
  | 'fail'
  | 'reset'
  | 'hold'
  | 'lose the answer'
  | 'deny'
  | 'kill before'
  | 'kill during'
  | 'kill after';

const FATES: Readonly<Record<FaultKind, Fate>> = {
  'throttled once': 'throttle',
  'throttled for long': 'throttle',
  '500': 'fail',
  reset: 'reset',
  'time-out': 'hold',
  hung: 'hold',
  'done, answer lost': 'lose the answer',
  'denied for good': 'deny',
  'killed before': 'kill before',
  'killed during': 'kill during',
  'killed after': 'kill after',
};

export interface Faults {
  /** What becomes of a call. */
  fateOf(call: Call): Fate;
  /** Outages count from here. */
  changeIsMade(): void;
  /** Virtual time at which the last fault that has begun is over; 0 while none has. */
  overAt(): number;
  /** Whether a whole service is away now. */
  isAway(service: string): boolean;
  /** Those that have struck. */
  struck(): readonly Fault[];
}

/** @param planned at most one for each call */
export function createFaults(planned: readonly Fault[], outages: readonly Outage[] = []): Faults {
  const lasting: { fault: Fault; fn: string; operation: string; until: number }[] = [];
  const struck: Fault[] = [];
  let changedAt = Number.POSITIVE_INFINITY;
  const begin = (fault: Fault, { invocation, service, operation }: Call) => {
    struck.push(fault);
    const until = virtualNow() + (LASTS_MS[fault.kind] ?? 0);
    lasting.push({ fault, fn: invocation.fn, operation: `${service}:${operation}`, until });
  };
  return {
    fateOf(call) {
      const away = outages.find((outage) => isAway(outage, call.service, changedAt));
      if (away !== undefined) return away.as === 'silent' ? 'hold' : 'reset';
      const planFor = planned.find(({ at }) => at === call.id);
      if (planFor !== undefined && !struck.includes(planFor)) {
        begin(planFor, call);
        return FATES[planFor.kind];
      }
      const still = lasting.find(
        ({ fn, operation, until }) =>
          fn === call.invocation.fn &&
          operation === `${call.service}:${call.operation}` &&
          virtualNow() < until,
      );
      return still === undefined ? 'answer' : FATES[still.fault.kind];
    },
    changeIsMade: () => {
      changedAt = virtualNow();
    },
    overAt: () =>
      Math.max(
        0,
        ...lasting.map(({ until }) => until),
        ...outages.map(({ fromMs, lastsMs }) => changedAt + fromMs + lastsMs),
      ),
    isAway: (service) => outages.some((outage) => isAway(outage, service, changedAt)),
    struck: () => struck,
  };
}

function isAway({ services, fromMs, lastsMs }: Outage, service: string, changedAt: number): boolean {
  const since = virtualNow() - changedAt - fromMs;
  return services.includes(service) && since >= 0 && since < lastsMs;
}
