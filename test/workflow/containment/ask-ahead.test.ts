import { beforeEach, expect, test } from 'vitest';
import { askAhead } from '../../../workflow/containment/ask-ahead.ts';
import { createLedgerLookups, type LedgerLookups } from '../../../workflow/containment/ledger-lookups.ts';
import type { AttachmentTarget, Change } from '../../../workflow/events/change.ts';
import { pack, sha256 } from '../../../workflow/inspection/packed-document.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { FakeLedger } from '../../support/fake-ledger.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';
import { ARN, BAD, WORSE } from '../../support/ways-in.ts';

const TARGET: AttachmentTarget = {
  ...{ type: 'attachment', entity: 'user', entityName: 'bob', policyArn: ARN },
};
const asked = aRequest('pg-1', { document: pack(BAD), status: 'closed', decision: APPROVED });
const CHANGE: Change & { target: AttachmentTarget } = { ...asked.change, target: TARGET };
const KEY = targetKey(CHANGE.accountId, TARGET);
const POLICY = { type: 'managed-policy', policyArn: ARN, versionId: 'v1' } as const;

let ledger: FakeLedger;
let called: string[];
let ahead: LedgerLookups;

beforeEach(() => {
  ledger = new FakeLedger();
  ledger.requests.set(asked.id, { ...asked, change: CHANGE });
  called = [];
  const lookups = createLedgerLookups(ledger, 1_000, { warn: () => {} } as never);
  const told = new Proxy(lookups, {
    get: (target, name: keyof LedgerLookups) => {
      const call = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        called.push(name);
        return call(...args);
      };
    },
  });
  // Spread, so that each is called through the proxy.
  const names = Object.keys(lookups) as (keyof LedgerLookups)[];
  ahead = askAhead(CHANGE, Object.fromEntries(names.map((name) => [name, told[name]])) as never);
  called = [];
});

test('an approval of what may be attached is found, and of anything else it is known that there is none', async () => {
  expect(await ahead.approvalOf(KEY, sha256(BAD))).toMatchObject({ requestId: 'pg-1' });
  expect(called).toEqual(['approvalOf']);
  expect(await ahead.approvalOf(KEY, sha256(WORSE))).toBeUndefined();
  expect(called).toEqual(['approvalOf']);
});

test('what is known of the attachment is not asked again', async () => {
  ledger.inventory.set('bob', { kind: 'user', name: 'bob', id: 'AIDA1', arn: 'arn', grants: {} });
  expect(await ahead.inventoryOf(TARGET)).toBeUndefined();
  expect(await ahead.inventoryNamed(TARGET)).toEqual({});
  expect(await ahead.formerHolder(CHANGE)).toBeUndefined();
  expect(await ahead.intents(KEY)).toEqual([]);
  expect(await ahead.stoodBefore({ ...CHANGE, target: POLICY }, sha256(BAD))).toBeUndefined();
  expect(called).toEqual([]);
});

test('what is known of anything else is asked when it is needed', async () => {
  await ahead.inventoryOf({ ...TARGET, entityName: 'eve' });
  await ahead.intents('another');
  await ahead.approvalOf('another', sha256(BAD));
  await ahead.recorded('pg-1');
  expect(called).toEqual(['inventoryOf', 'intents', 'approvalOf', 'recorded']);
});

test('an approval is not known while the ledger does not answer', async () => {
  ledger.down = true;
  const silent = askAhead(CHANGE, createLedgerLookups(ledger, 1_000, { warn: () => {} } as never));
  expect(await silent.approvalOf(KEY, sha256(BAD))).toBeUndefined();
});
