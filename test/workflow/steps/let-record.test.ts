import { expect, test, vi } from 'vitest';
import type { ContainmentTools, DecidedTask } from '../../../workflow/containment/tasks.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Intent } from '../../../workflow/ledger/intents.ts';
import { letRecord } from '../../../workflow/steps/let-record.ts';
import { aRequest, REVIEWED } from '../../support/requests.ts';

const NOW = Date.parse('2026-03-01T12:00:10.000Z');
const approved = aRequest('approved');
const task: DecidedTask = { ...approved, requestId: 'approved', document: REVIEWED, retryCount: 0 };

const intent = (requestId: string, more: Partial<Intent> = {}): Intent => ({
  change: { ...approved.change, requestId },
  executionArn: `execution-of-${requestId}`,
  document: pack(REVIEWED),
  plan: { type: 'attachment', leftOut: [] },
  at: new Date(NOW - 1_000).toISOString(),
  ...more,
});

/** How long it waits, in milliseconds, until `recorded` of the others is in the ledger. */
async function wait(intents: Intent[], recordedAfter = Number.POSITIVE_INFINITY): Promise<number> {
  let waited = 0;
  const tools = {
    ledger: { findIntents: vi.fn(async () => intents) },
    now: () => new Date(NOW + waited),
    pause: async (milliseconds: number) => {
      waited += milliseconds;
    },
  } as unknown as ContainmentTools;
  const read = async (id: string) => (waited >= recordedAfter ? aRequest(id) : undefined);
  await letRecord(task, { read }, tools);
  return waited;
}

test.each<[string, Intent[], number]>([
  ['nothing but its own quarantine', [intent('approved')], 0],
  ['another document', [intent('other', { document: pack('{"other":1}') })], 0],
  ['what was begun more than ten seconds ago', [intent('other', { at: '2026-03-01T11:59:59.000Z' })], 0],
  ['what is recorded meanwhile', [intent('other')], 1_500],
])('an approval waits for %s: %#', async (_, intents, expected) => {
  expect(await wait(intents, 1_500)).toBe(expected);
});

test('an approval waits ten seconds at most, however many events follow each other', async () => {
  const endless = [intent('first'), intent('second', { at: new Date(NOW + 60_000).toISOString() })];
  expect(await wait(endless)).toBe(10_000);
});
