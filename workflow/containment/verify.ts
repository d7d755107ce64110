import { lookUntil, type Pause } from './settle.ts';

/** What was written can't be read back: a read that lags behind, or somebody who wrote at the same moment. */
class NotVerifiedError extends Error {
  override name = 'NotVerifiedError';
}

/**
 * Reads back what was written.
 *
 * @param claim what should be true now, as a sentence without its full stop
 * @throws NotVerifiedError when it does not become true; the step is tried again, and looks again
 */
export async function verify(claim: string, pause: Pause, isTrue: () => Promise<boolean>): Promise<void> {
  if (await lookUntil(isTrue, (seen) => seen, pause)) return;
  throw new NotVerifiedError(
    `IAM does not show that ${claim}, though it took the write; trying again will tell.`,
  );
}
