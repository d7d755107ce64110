/** The clock of AWS and Slack, which need not be the functions'. */
export interface Clock {
  now(): Date;
  /** By how much it is ahead of this machine's, in milliseconds; behind when negative. */
  aheadMs: number;
}

export function createClock(): Clock {
  const clock: Clock = { aheadMs: 0, now: () => new Date(Date.now() + clock.aheadMs) };
  return clock;
}
