import { afterEach, beforeEach, expect } from 'vitest';
import { notInTheTrail } from './audited-messages.ts';
import { startWorld, type World } from './notify-world.ts';

/** A new one for each test of the file that imports it. */
export let world: World;
beforeEach(async () => {
  world = await startWorld();
});
/** Must always hold 8: whatever people are told is in the audit trail, while the ledger takes it. */
afterEach(async () => {
  const { ledger, messages, emails, down, stop } = world;
  const told = { messages: messages(), emails: emails() };
  const missing = down.has('dynamodb') ? [] : await notInTheTrail(ledger, told);
  await stop();
  expect(missing).toEqual([]);
});
