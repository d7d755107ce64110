/** How long a call waits for a rate limit. */
export interface Patience {
  /** Waits, in milliseconds. */
  pause: (milliseconds: number) => Promise<unknown>;
  pauseMs: number;
  tries: number;
  isRateLimited: (error: unknown) => boolean;
  /** Whether there is time for another try; always unless given. */
  mayWait?: () => boolean;
}

/**
 * Makes a call, and makes it again after a pause while a rate limit refuses it.
 *
 * @throws what the last try has thrown
 */
export async function waitOut<T>(
  { pause, pauseMs, tries, isRateLimited, mayWait = () => true }: Patience,
  call: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      if (!isRateLimited(error) || tried === tries || !mayWait()) throw error;
      await pause(pauseMs);
    }
  }
}
