import { afterEach, beforeEach } from 'vitest';
import { type Broken, breakableHandlers } from './breakable.ts';
import { type GuardedSandbox, startGuardedSandbox } from './guarded-sandbox.ts';

/** A new one for each test of the file that imports it; its waits take no time to speak of. */
export let guard: GuardedSandbox;
/** What is broken in it; nothing when a test begins. */
export const broken: Broken = new Map();

beforeEach(async () => {
  broken.clear();
  guard = await startGuardedSandbox({}, breakableHandlers(broken), { hurryMs: 40 });
});
afterEach(() => guard.stop());
