import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { recordDay } from './day/record-day.ts';
import { recordInspections } from './record-inspections.ts';
import { recordStacks } from './record-stacks.ts';
import { recordTestNames } from './record-test-names.ts';

/**
 * Writes the golden record: what the product shows and deploys, as files.
 *
 * @param folder is emptied first, unless only some plays are named
 */
async function main(folder = join(import.meta.dirname, 'record'), ...plays: string[]): Promise<void> {
  const files = plays.length > 0 ? await recordDay(plays) : await recordAll();
  if (plays.length === 0) rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** One command after the other, beside the plays: people are to be answered in time. */
async function recordAll(): Promise<Record<string, string>> {
  const parts = await Promise.all([recordDay(), recordCommands()]);
  return Object.assign({}, ...parts);
}

async function recordCommands(): Promise<Record<string, string>> {
  return { ...(await recordStacks()), ...(await recordInspections()), ...(await recordTestNames()) };
}

const [folder, ...plays] = process.argv.slice(2);
await main(folder === undefined ? undefined : resolve(folder), ...plays);
// What the plays leave running (keep-alive connections, timers) is not waited for.
process.exit(0);
