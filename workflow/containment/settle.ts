import { NotFoundError } from '../account/iam/iam.ts';

/** Waits for some milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;

/**
 * IAM's reads lag behind its writes, by less than a second or two as a rule ("changes that I make are not always
 * immediately visible", IAM User Guide). Together these waits leave a step of 60 s ample room.
 */
const WAITS_MS = [500, 1_000, 2_000];

/**
 * What is taken for somebody else's doing is left in force: that has to be certain, and reads may lag by ten seconds.
 */
const DOUBT_WAITS_MS = [...WAITS_MS, 4_000, 6_000];

/** Repeats something safe to repeat while what it needs can't be found. @throws NotFoundError when it stays so */
export async function whileMissing<T>(attempt: () => Promise<T>, pause: Pause): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      await pause(wait);
    }
  }
  return attempt();
}

/** Looks again and again until `done` says so. @returns what was seen last */
export async function lookUntil<T>(
  look: () => Promise<T>,
  done: (seen: T) => boolean,
  pause: Pause,
  waitsMs = WAITS_MS,
): Promise<T> {
  let seen = await look();
  for (const wait of waitsMs) {
    if (done(seen)) break;
    await pause(wait);
    seen = await look();
  }
  return seen;
}

/**
 * What stands where a change put its grant: the grant itself, what quarantine leaves there, or something else.
 * `other` may be a read that lags behind, `replaced` certainly came later.
 */
export type Sighting = 'granted' | 'contained' | 'other' | 'replaced';

/**
 * Looks until the doubt in `other` is gone. What is contained only after something else was seen was contained on
 * behalf of that other change, not of this one.
 */
export async function settle<T extends { sighting: Sighting }>(
  look: () => Promise<T>,
  pause: Pause,
): Promise<T> {
  let sawOther = false;
  const seen = await lookUntil(
    async () => {
      const now = await look();
      const answer: T = sawOther && now.sighting === 'contained' ? { ...now, sighting: 'other' } : now;
      sawOther ||= now.sighting === 'other';
      return answer;
    },
    ({ sighting }) => sighting !== 'other',
    pause,
    DOUBT_WAITS_MS,
  );
  return seen;
}
