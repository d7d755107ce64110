/** setTimeout counts in 32 bits: a longer delay fires at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Calls back after any delay, also one of more than 24.8 days.
 *
 * @returns stops the timer
 */
export function startTimer(delayMs: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (remainingMs: number) => {
    const next = Math.min(remainingMs, LONGEST_DELAY_MS);
    timer = setTimeout(() => (remainingMs > next ? wait(remainingMs - next) : callback()), next);
  };
  wait(delayMs);
  return () => clearTimeout(timer);
}
