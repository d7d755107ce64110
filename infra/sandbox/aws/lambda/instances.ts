import { setTimeout as sleep } from 'node:timers/promises';

/** The instances that run functions; each takes one event at a time and waits for the next. */
export interface Instances {
  /** What a new one takes before its first event, in milliseconds. Setting it ends all that wait. */
  coldStartMs: number;
  /** An instance of a function, once it is there. @returns what gives it back */
  take(name: string): Promise<() => void>;
}

/**
 * As Lambda has them: one that waits is used again, and one more is started where none does.
 *
 * @param pause waits, in milliseconds
 */
export function createInstances(
  pause: (milliseconds: number) => Promise<unknown> = (milliseconds) =>
    sleep(milliseconds, undefined, { ref: false }),
): Instances {
  let coldStartMs = 0;
  let idle = new Map<string, number>();
  return {
    get coldStartMs() {
      return coldStartMs;
    },
    set coldStartMs(next) {
      coldStartMs = next;
      idle = new Map();
    },
    async take(name) {
      const waiting = idle.get(name) ?? 0;
      if (waiting > 0) idle.set(name, waiting - 1);
      else if (coldStartMs > 0) await pause(coldStartMs);
      const kept = idle;
      return () => void kept.set(name, (kept.get(name) ?? 0) + 1);
    },
  };
}
