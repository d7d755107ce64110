import { afterEach, beforeEach } from 'vitest';
import { startWorld, type World } from './notify-world.ts';

/** A new one for each test of the file that imports it. */
export let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());
