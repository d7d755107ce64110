import { NoSuchEntityException } from '@aws-sdk/client-iam';
import { type Draw, seeded } from '../../../infra/sandbox/faults/draws.ts';
import { click } from '../plays/people.ts';
import { setSandboxFaults } from '../plays/sandbox-faults.ts';
import { pass, passUntil, virtualNow } from '../time/virtual-time.ts';
import type { World } from '../world/world.ts';
import { KINDS, type Made } from './changes.ts';
import { restrictedInForce } from './restricted-in-force.ts';

const MINUTE_MS = 60_000;
/** Events that are not lost come late and out of order, as on AWS, and LookupEvents shows them later still. */
const LATE = { cloudTrailDelayMs: 5_000, cloudTrailSpreadMs: 85_000, eventHistoryDelayMs: 5 * MINUTE_MS };
/** Somebody does something, and looks again so much later. */
const STEP_MS = 5 * MINUTE_MS;
/** The sweep looks every quarter of an hour; what it sees twice is taken out. */
const FOUND_WITHIN_MS = 35 * MINUTE_MS;
/** People come to an end, however often something is asked about anew. */
const LAST_STEPS = 60;

/** What an hour has come to. Places are named as `restrictedInForce` does. */
export interface Hour {
  /** How many acts EventBridge was told nothing of. */
  lost: number;
  /** What was restricted and in force before, and what is so at the end, with its document. */
  before: string[];
  inForce: Record<string, string>;
  /** What people have said last, where something was done to it. */
  decided: Record<string, 'approved' | 'denied'>;
  /** What was in force for too long without anybody's approval. */
  tooLong: string[];
  /** What the sweep took for lost, though the events of all that was done to it came. */
  takenForLost: string[];
}

interface Played {
  made: Made;
  /** Whether EventBridge was told nothing of something that was done to it. */
  isLost: boolean;
  /** Since when it is in force without an approval, as of the last look. */
  since?: number;
  decision?: 'approved' | 'denied';
}

interface Playing {
  world: World;
  random: Draw;
  all: Played[];
  tooLong: Set<string>;
  lost: number;
}

/**
 * Plays an hour of restricted changes, in virtual time, of which EventBridge drops about a third, as of what the guard
 * itself does when somebody decides. Some are put in force again while they wait and after they were decided; of what
 * they are asked, people approve half. Afterwards they go on until nothing is asked any more.
 */
export async function playHour(
  world: World,
  { changes, seed }: { changes: number; seed: number },
): Promise<Hour> {
  const playing: Playing = { world, random: seeded(seed), all: [], tooLong: new Set(), lost: 0 };
  await passUntil(world.sandbox.sweep());
  await setSandboxFaults(world, LATE);
  const before = [...(await inForceNow(playing)).keys()];
  for (let nth = 0; nth < changes; nth++) {
    await make(playing, `change-${nth}`);
    await step(playing, (60 * MINUTE_MS) / changes);
    for (const played of playing.all) if (playing.random() < 1 / 4) await again(playing, played);
  }
  for (let quiet = 0, steps = 0; quiet < FOUND_WITHIN_MS && steps < LAST_STEPS; steps++)
    quiet = (await step(playing, STEP_MS)) ? 0 : quiet + STEP_MS;
  const decisions = playing.all.flatMap(({ made, decision }) =>
    decision === undefined ? [] : [[made.place, decision] as const],
  );
  return {
    ...{ lost: playing.lost, before, tooLong: [...playing.tooLong] },
    takenForLost: await takenForLost(playing),
    inForce: Object.fromEntries(await inForceNow(playing)),
    decided: Object.fromEntries(decisions),
  };
}

const developer = ({ world }: Playing) => world.iamAs('developer');

const inForceNow = ({ world }: Playing) => passUntil(restrictedInForce(world.iamAs('root')));

async function takenForLost({ world, all }: Playing): Promise<string[]> {
  const { requests } = await passUntil(world.sandbox.state());
  const found = requests.filter(({ change }) => change.foundAt !== undefined);
  return all
    .filter(({ made, isLost }) => !isLost && found.some((request) => made.isAbout(request)))
    .map(({ made }) => made.place);
}

/** Does something whose events EventBridge drops in one of three cases. @returns whether it did, and what was done */
async function losing<T>(playing: Playing, act: () => Promise<T>): Promise<{ isLost: boolean; done: T }> {
  const isLost = playing.random() < 1 / 3;
  if (isLost) playing.lost++;
  await setSandboxFaults(playing.world, { events: isLost ? 'down' : 'up' });
  try {
    return { isLost, done: await act() };
  } finally {
    await setSandboxFaults(playing.world, { events: 'up' });
  }
}

async function make(playing: Playing, name: string): Promise<void> {
  const kind = KINDS[Math.floor(playing.random() * KINDS.length)];
  if (kind === undefined) return;
  const { done: made, isLost } = await losing(playing, () => passUntil(kind(developer(playing), name)));
  playing.all.push({ made, isLost });
}

async function again(playing: Playing, played: Played): Promise<void> {
  try {
    const { isLost } = await losing(playing, () => passUntil(played.made.again()));
    played.isLost ||= isLost;
  } catch (error) {
    // A version that was denied is gone.
    if (!(error instanceof NoSuchEntityException)) throw error;
  }
}

/** Lets time pass, and decides half of what is asked. @returns whether anything is asked, or on its way */
async function step(playing: Playing, forMs: number): Promise<boolean> {
  await pass(() => false, forMs);
  await watch(playing);
  const { requests } = await passUntil(playing.world.sandbox.state());
  const asked = requests.filter(({ status, slack }) => status === 'pending' && slack !== undefined);
  for (const request of asked) {
    const played = playing.all.find(({ made }) => made.isAbout(request));
    if (played === undefined || playing.random() < 1 / 2) continue;
    await decide(playing, played, request);
  }
  return requests.some(({ status }) => status !== 'closed');
}

async function decide(
  playing: Playing,
  played: Played,
  { id, slack }: { id: string; slack?: { channel: string; ts: string } | undefined },
): Promise<void> {
  const { world, random } = playing;
  const verdict = random() < 1 / 2 ? 'approve' : 'deny';
  if (slack === undefined) return;
  await losing(playing, async () => {
    await passUntil(click(world, slack, verdict));
    await pass(() => false, MINUTE_MS);
  });
  const { requests } = await passUntil(world.sandbox.state());
  const outcome = requests.find((request) => request.id === id)?.outcome;
  if (outcome === 'approved' || outcome === 'denied') played.decision = outcome;
}

/** Nothing that nobody has approved is in force for longer than the sweep takes to find it. */
async function watch(playing: Playing): Promise<void> {
  const inForce = await inForceNow(playing);
  for (const played of playing.all) {
    const isHarm = inForce.has(played.made.place) && played.decision !== 'approved';
    played.since = isHarm ? (played.since ?? virtualNow()) : undefined;
    if (virtualNow() - (played.since ?? virtualNow()) > FOUND_WITHIN_MS)
      playing.tooLong.add(played.made.place);
  }
}
