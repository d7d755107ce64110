import { seeded } from '../../../infra/sandbox/faults/draws.ts';
import { playHour } from '../hour/hour.ts';
import { createWorld } from '../world/world.ts';
import { becomeVirtual } from './virtual-process.ts';

/** `node test/faults/run/hour.ts CHANGES SEED`: an hour with a third of all events lost, told as JSON. */
const [changes = 12, seed = 1] = process.argv.slice(2).map(Number);
await becomeVirtual();
Math.random = seeded(seed);
const world = await createWorld([]);
const hour = await playHour(world, { changes, seed });
await world.close();
process.stdout.write(JSON.stringify(hour), () => process.exit());
