import type { Outcome } from '../../../workflow/ledger/request.ts';
import { checkEnd } from '../oracle/final-checks.ts';
import { type GrantWatch, watchGrant } from '../oracle/grant-watch.ts';
import type { Violation } from '../oracle/promises.ts';
import { BEGINNING, pass, passUntil, virtualNow } from '../time/virtual-time.ts';
import type { Fate, Fault, Outage } from '../world/fault.ts';
import type { ArrivedCall } from '../world/front.ts';
import { isRead } from '../world/name-call.ts';
import { allSucceeded, createWorld, rest, untilMended, type World } from '../world/world.ts';
import { type Containment, othersOf, putBystander } from './containments.ts';
import { isAsked } from './people.ts';
import { reconcile } from './reconcile.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An execution may go on for a day before it ends `unfinished`. */
const LONGEST_MS = 26 * HOUR_MS;
/** "Within minutes": what is left over is taken up again in this time once nothing is broken. */
const SOON_MS = 20 * MINUTE_MS;
/** How long people wait to be asked before they go home. */
const ASKED_WITHIN_MS = 4 * HOUR_MS;

/** What a story is told with. */
export interface Stage {
  world: World;
  containment: Containment;
  watch: GrantWatch;
  /** Makes the change that it is all about. */
  makeChange(): Promise<void>;
  /** From now on the guard knows of it: what must not delay it counts from here. */
  isNoticed(): void;
  /** Waits until people are asked. */
  asked(): Promise<boolean>;
  /** How the request must end; one of several, or in any way that has a name. */
  expect(...outcomes: Outcome[]): void;
  /** Somebody other than the guard writes the same target. */
  disturb(): void;
}

export interface Play {
  containment: Containment;
  faults?: readonly Fault[];
  outages?: readonly Outage[];
  /** What people do. */
  story(stage: Stage): Promise<void>;
}

/** A call as a recording keeps it. */
export interface MadeCall {
  /** `Call.id` */
  id: string;
  /** Which run of a function made it, counted from 0. */
  run: number;
  reads: boolean;
  /** When it arrived, in virtual milliseconds since the case began. */
  at: number;
  fate: Fate;
}

export interface Played {
  violations: Violation[];
  /** Every call that left a function, in order. */
  calls: MadeCall[];
  /** Those made from the moment of the decision on. */
  callsUntilAsked: number;
  /** Whether every fault that was planned struck. */
  struck: boolean;
}

/** Plays one case from an empty account to the end, and judges it. */
export async function play({ containment, faults = [], outages = [], story }: Play): Promise<Played> {
  const world = await createWorld(faults, outages);
  try {
    const { stage, told } = setUp(world, containment);
    await story(stage);
    await settle(world);
    const late = delayed(world, faults, outages, stage.watch, told.changedAt);
    const violations = [
      ...stage.watch.violations,
      ...late,
      ...(await checkEnd(world, { containment, ...told })),
    ];
    return {
      violations,
      calls: madeCalls(world.calls),
      callsUntilAsked: told.callsUntilAsked,
      struck: world.faults.struck().length === faults.length,
    };
  } finally {
    await world.close();
  }
}

function madeCalls(calls: readonly ArrivedCall[]): MadeCall[] {
  const runs = [...new Set(calls.map(({ invocation }) => invocation))];
  return calls.map((call) => {
    const { id, invocation, at, fate } = call;
    return { id, run: runs.indexOf(invocation), reads: isRead(call), at: at - BEGINNING, fate };
  });
}

/**
 * Everything is mended, whatever is left over has its time, and nothing runs any more. A fault may begin only then: a
 * request expires, and its last steps fail.
 */
async function settle(world: World): Promise<void> {
  for (let mended = -1; mended < world.faults.overAt(); ) {
    await untilMended(world);
    mended = world.faults.overAt();
    await reconcile(world);
    // The event of the last write is on its way yet.
    await pass(() => false, AT_ONCE_MS);
    if (allSucceeded(world)) return;
    await pass(() => false, SOON_MS);
    await rest(world, LONGEST_MS);
  }
  await reconcile(world);
  await rest(world, LONGEST_MS);
}

function setUp(world: World, containment: Containment) {
  const root = world.sandbox.callers.find(({ id }) => id === 'root');
  if (root === undefined) throw new Error('The sandbox has no root user.');
  const caller = { ...root, accountId: '123456789012', userId: '123456789012', userIdentity: {} };
  const put = (operation: string, input: Record<string, unknown>) =>
    void world.sandbox.iam.service[operation]?.(input, caller);
  putBystander(put);
  containment.before(put);
  const told = {
    ...{ expected: [] as Outcome[], disturbed: false },
    ...{ others: othersOf(world.sandbox.iam), changedAt: 0, callsUntilAsked: 0 },
  };
  const watch = watchGrant(world, containment);
  return { told, stage: stageOf(world, containment, watch, told) };
}

interface Told {
  expected: Outcome[];
  disturbed: boolean;
  changedAt: number;
  callsUntilAsked: number;
}

function stageOf(world: World, containment: Containment, watch: GrantWatch, told: Told): Stage {
  return {
    ...{ world, containment, watch },
    makeChange: async () => {
      told.changedAt = virtualNow();
      world.faults.changeIsMade();
      await passUntil(containment.make(world.iamAs('developer')));
    },
    isNoticed: () => {
      told.changedAt = virtualNow();
    },
    asked: async () => {
      const { length } = world.sandbox.executions();
      await pass(() => world.sandbox.executions().length > length, MINUTE_MS);
      const seen = await pass(() => isAsked(world) || isOver(world), ASKED_WITHIN_MS);
      // The rest of the step that has asked is done before anybody reads it.
      await pass(() => false, 1_000);
      told.callsUntilAsked = world.calls.length;
      return seen && isAsked(world);
    },
    expect: (...outcomes) => {
      told.expected = outcomes;
    },
    disturb: () => {
      told.disturbed = true;
    },
  };
}

const isOver = (world: World) => world.sandbox.executions().every(({ status }) => status !== 'RUNNING');

/** What must not delay quarantine, and how long it may take then. */
const NOT_NEEDED = /^(dynamodb|slack|sns|secretsmanager)$/;
const AT_ONCE_MS = 2_000;

function delayed(
  world: World,
  faults: readonly Fault[],
  outages: readonly Outage[],
  watch: GrantWatch,
  changedAt: number,
): Violation[] {
  const services = [
    ...faults.map(({ at, kind }) =>
      kind.startsWith('killed') ? 'the function' : (/ (\w+):/.exec(at)?.[1] ?? ''),
    ),
    ...outages.flatMap((outage) => outage.services),
  ];
  const outAt = watch.outAt();
  if (services.length === 0 || !services.every((service) => NOT_NEEDED.test(service))) return [];
  if (outAt !== undefined && outAt - changedAt <= AT_ONCE_MS) return [];
  const seen = outAt === undefined ? 'never out of force' : `out of force after ${outAt - changedAt} ms`;
  return world.calls.length === 0
    ? []
    : [{ promise: 6, seen: `${seen} while ${services.join(', ')} was away` }];
}
