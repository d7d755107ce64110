import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** Milliseconds since 1970 at which every case begins: a Monday morning. */
export const BEGINNING = Date.UTC(2027, 2, 1, 9);

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

/** Real time, kept from before it is replaced. */
const realSetImmediate = globalThis.setImmediate;
const realNow = performance.now.bind(performance);
const RealDate = globalThis.Date;

/** So many turns of the event loop without anything on its way, and everything waits for the clock. */
const QUIET_TURNS = 4;

/** Real milliseconds after which a case that gets nowhere counts as broken. */
const STUCK_AFTER_MS = 60_000;

let now = BEGINNING;
let count = 0;
let underWay: () => number = () => 0;
const waiting = new Map<number, Timer>();

/**
 * Puts a clock of its own under this process: timers, `Date` and time-outs of requests. It stands still while anything
 * is on its way and then leaps to the next timer, so that waits cost nothing and a slow machine changes nothing.
 *
 * @param stillUnderWay how many requests have no answer yet
 */
export function installVirtualTime(stillUnderWay: () => number): void {
  underWay = stillUnderWay;
  Object.assign(globalThis, {
    setTimeout: start,
    clearTimeout: stop,
    setInterval: repeat,
    clearInterval: stop,
    Date: virtualDate(),
  });
  AbortSignal.timeout = abortAfter;
  Object.assign(timers, { setTimeout: pause });
  syncBuiltinESMExports();
}

export function resetVirtualTime(): void {
  waiting.clear();
  now = BEGINNING;
}

/** Milliseconds since 1970. */
export const virtualNow = (): number => now;

/** Lets time pass until a promise is settled, and gives what it gives. */
export async function passUntil<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  promise.then(mark, mark);
  await pass(() => settled);
  return promise;
}

/**
 * Lets time pass until there is something to see.
 *
 * @param look asked whenever nothing is on its way
 * @param limitMs no longer than this, in virtual milliseconds
 * @returns whether it was seen
 */
export async function pass(look: () => boolean, limitMs = Number.POSITIVE_INFINITY): Promise<boolean> {
  const end = now + limitMs;
  for (;;) {
    await quiet(look);
    if (look()) return true;
    const next = earliest();
    if (next === undefined || next.at > end) {
      if (Number.isFinite(end)) now = Math.max(now, end);
      if (next !== undefined || Number.isFinite(end)) return false;
      throw new Error('Nothing is on its way, no timer runs, and what is waited for has not come.');
    }
    now = Math.max(now, next.at);
    waiting.delete(next.order);
    next.run();
  }
}

/** Waits, in real time, until nothing is on its way. */
async function quiet(look: () => boolean): Promise<void> {
  const end = realNow() + STUCK_AFTER_MS;
  for (let turns = 0; turns < QUIET_TURNS; ) {
    await new Promise<void>((resolve) => realSetImmediate(resolve));
    turns = underWay() === 0 ? turns + 1 : 0;
    if (turns === 0 && look()) return;
    if (realNow() > end) throw new Error(`Stuck: ${underWay()} requests have had no answer for a minute.`);
  }
}

function earliest(): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of waiting.values()) {
    if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) {
      first = timer;
    }
  }
  return first;
}

/** A timer as Node's: an object that turns into its number. */
function handle(order: number) {
  const itself = {
    ref: () => itself,
    unref: () => itself,
    hasRef: () => true,
    refresh: () => itself,
    close: () => stop(itself),
    [Symbol.toPrimitive]: () => order,
    [Symbol.dispose]: () => stop(itself),
  };
  return itself;
}

function start(callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]) {
  const within = AsyncLocalStorage.snapshot();
  count += 1;
  const order = count;
  waiting.set(order, { at: now + Math.max(1, delayMs), order, run: () => within(callback, ...args) });
  return handle(order);
}

function repeat(callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]) {
  const within = AsyncLocalStorage.snapshot();
  count += 1;
  const order = count;
  const every = Math.max(1, delayMs);
  const set = (at: number) =>
    waiting.set(order, {
      at,
      order,
      run: () => {
        set(at + every);
        within(callback, ...args);
      },
    });
  set(now + every);
  return handle(order);
}

function stop(timer: unknown): void {
  if (timer !== undefined && timer !== null) waiting.delete(Number(timer));
}

function pause<T>(delayMs = 0, value?: T, options: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = start(() => resolve(value as T), delayMs);
    options.signal?.addEventListener('abort', () => {
      stop(timer);
      reject(options.signal?.reason);
    });
  });
}

function abortAfter(delayMs: number): AbortSignal {
  const controller = new AbortController();
  start(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), delayMs);
  return controller.signal;
}

function virtualDate(): DateConstructor {
  return class extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length === 0 ? [now] : args) as [number]));
    }
    static override now(): number {
      return now;
    }
  } as unknown as DateConstructor;
}
