import { afterEach, beforeEach } from 'vitest';
import { allText } from '../../support/block-kit.ts';
import { startWorld, type World } from './slack-world.ts';

/** A new one for each test of the file that imports it. */
export let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.stop());

/** What people were told in answer to clicks, oldest first. */
export const told = () => world.slack.told.map((message) => allText(message));

/** What the audit trail of the request `r1` tells of. */
export const trail = async () => (await world.ledger.auditTrail('r1')).map(({ event }) => event);
