const LOOK_EVERY_MS = 500;

/**
 * Calls back when the shell that npm started this process in has ended. npm hands a signal on to that shell only,
 * and not every shell hands it on to what it runs: the sandbox would stay behind and hold its ports.
 *
 * @param environment npm names the script that it runs here; without npm the parent may end as it likes
 */
export function whenParentEnds(
  environment: Readonly<Record<string, string | undefined>>,
  ended: () => void,
): void {
  if (environment.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ended();
  }, LOOK_EVERY_MS);
  timer.unref();
}
