import { afterEach, beforeEach, expect } from 'vitest';
import { allText } from '../../support/block-kit.ts';
import { notInTheTrail } from './audited-messages.ts';
import { MESSAGE, startWorld, type World } from './slack-world.ts';

/** A new one for each test of the file that imports it. */
export let world: World;
beforeEach(async () => {
  world = await startWorld();
});
/** Must always hold 8: whatever people are told after the message is in the audit trail, while the ledger takes it. */
afterEach(async () => {
  const { ledger, slack, down, stop } = world;
  const messages = slack.workspace.messages.filter(({ ts }) => Number(ts) >= Number(MESSAGE.ts) + 1);
  const missing = down.has('dynamodb') ? [] : await notInTheTrail(ledger, { messages });
  await stop();
  expect(missing).toEqual([]);
});

/** What people were told in answer to clicks, oldest first. */
export const told = () => world.slack.told.map((message) => allText(message));

/** What the audit trail of the request `r1` tells of. */
export const trail = async () => (await world.ledger.auditTrail('r1')).map(({ event }) => event);
