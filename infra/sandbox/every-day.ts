import { startTimer } from './aws/states/long-timer.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Runs something at the same hour of every day, as a schedule rule of EventBridge does.
 *
 * @param hour 0 to 23, UTC
 * @param run given the time that it was due, ISO 8601
 * @returns stops it
 */
export function everyDay(hour: number, run: (due: string) => void): () => void {
  let stop = () => {};
  const wait = (from: number) => {
    const due = nextAt(hour, from);
    stop = startTimer(due - Date.now(), () => {
      // From the time that was due and not from the clock, which may be a little early.
      wait(due);
      run(new Date(due).toISOString());
    });
  };
  wait(Date.now());
  return () => stop();
}

/** Milliseconds since 1970, which began at midnight UTC. Always later than `from`. */
function nextAt(hour: number, from: number): number {
  const midnight = Math.floor(from / DAY_MS) * DAY_MS;
  const today = midnight + hour * HOUR_MS;
  return today > from ? today : today + DAY_MS;
}
