import { AwsError } from '../front-door/service.ts';

/** So many calls of each operation a second, for a whole account. */
export interface Throttle {
  /** 0: no limit. */
  callsPerSecond: number;
  /** @throws AwsError `Throttling` for one call more than there is room for */
  take(operation: string): void;
}

/**
 * A bucket of tokens for each operation, which holds what comes in within a second ("IAM and AWS STS implement a token
 * bucket algorithm for throttling", AWS Support; the rates are not published).
 *
 * @param elapsedMs a clock that nobody sets
 */
export function createThrottle(elapsedMs: () => number): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const throttle: Throttle = {
    callsPerSecond: 0,
    take(operation) {
      const { callsPerSecond: most } = throttle;
      if (most === 0) return;
      const at = elapsedMs();
      const bucket = buckets.get(operation) ?? { tokens: most, at };
      const tokens = Math.min(most, bucket.tokens + ((at - bucket.at) / 1_000) * most);
      const isRoom = tokens >= 1;
      buckets.set(operation, { tokens: isRoom ? tokens - 1 : tokens, at });
      if (!isRoom) throw new AwsError('Throttling', 'Rate exceeded');
    },
  };
  return throttle;
}
