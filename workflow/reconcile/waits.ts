/** How long to wait before what failed is started once more. Milliseconds. */
export interface Waits {
  /** After the first time; doubles with each further one. */
  first: number;
  longest: number;
  /** How long Step Functions may not yet show an execution that was just started. */
  unseen: number;
  /** After this, what people were told of is left to them. */
  giveUp: number;
}

const MINUTE = 60_000;

/** One incident is told once; one that lasts, twice a day. Milliseconds. */
export const TELL_AGAIN = 12 * 60 * MINUTE;

/**
 * Reconcile runs every five minutes. The longest wait is how long everybody goes on waiting after an outage, whatever
 * it lasted: as long as that of a quarantine that fails.
 */
export const WAITS: Waits = {
  first: 5 * MINUTE,
  longest: 15 * MINUTE,
  unseen: MINUTE,
  giveUp: 24 * 60 * MINUTE,
};

/** @param attempts how often it was started before */
export function waitAfter(attempts: number, { first, longest }: Waits): number {
  return attempts === 0 ? 0 : Math.min(first * 2 ** (attempts - 1), longest);
}
