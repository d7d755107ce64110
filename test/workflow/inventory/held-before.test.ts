import { describe, expect, it } from 'vitest';
import type { Target } from '../../../workflow/events/change.ts';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { parseChange } from '../../../workflow/events/parse-change.ts';
import { pack, sha256 } from '../../../workflow/inspection/packed-document.ts';
import { heldBefore, heldBeforeQuarantine } from '../../../workflow/inventory/held-before.ts';
import type { Grant, InventoryEntry } from '../../../workflow/ledger/inventory.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ACCOUNT } from '../../support/fixture-events.ts';
import { BAD, HARMLESS, INLINE_NAME, putEvent } from '../../support/ways-in.ts';

const { change } = parseChange(parseRecord(putEvent('user', BAD).detail));
const HASH = sha256(BAD);

function entry(name: string, over: Partial<Grant> = {}): InventoryEntry {
  const target: Target = { type: 'inline-policy', entity: 'user', entityName: name, policyName: INLINE_NAME };
  const at = '2026-01-01T00:00:00.000Z';
  const grant: Grant = {
    ...{ target, sha256: HASH, since: at, seenAt: at, restricted: true, status: 'stock' },
    ...over,
  };
  const grants = { [targetKey(ACCOUNT, target)]: grant };
  return { kind: 'user', name, id: 'AIDA1', arn: `arn:aws:iam::${ACCOUNT}:user/${name}`, grants };
}
const without = (name: string): InventoryEntry => ({ ...entry(name), grants: {} });

describe('somebody held a grant before a change', () => {
  it.each<[string, InventoryEntry[]]>([
    ['under the name of now', [entry('bob')]],
    ['under another name', [entry('alice')]],
    ['seen in the very second of the change', [entry('bob', { seenAt: change.eventTime })]],
    ['approved, or restricted only since', [entry('bob', { status: 'known' })]],
    ['whatever is known under an older name', [entry('bob'), without('alice')]],
  ])('where the inventory knows it %s', (_where, entries) => {
    expect(heldBefore(entries, 'Bob', change, HASH)).toBe(true);
  });

  it.each<[string, InventoryEntry[]]>([
    ['nothing is known', []],
    ['another document was there', [entry('bob', { sha256: sha256(HARMLESS) })]],
    ['it came unannounced', [entry('bob', { status: 'open' })]],
    ['an execution was started for it', [entry('bob', { status: 'found' })]],
    ['it was seen after the change only', [entry('bob', { seenAt: '2026-12-01T00:00:00.000Z' })]],
    ['it is gone under the name of now', [without('bob'), entry('alice')]],
    ['one of its older names tells otherwise', [entry('alice'), without('carol')]],
  ])('but not where %s', (_where, entries) => {
    expect(heldBefore(entries, 'bob', change, HASH)).toBe(false);
  });
});

it('what quarantine has replaced counts, once a sweep has seen what it left', () => {
  const swept = [entry('bob', { sha256: sha256('placeholder'), before: pack(BAD) })];
  expect(heldBefore(swept, 'bob', change, HASH)).toBe(false);
  expect(heldBeforeQuarantine(swept, 'bob', change, HASH)).toBe(true);
  expect(heldBeforeQuarantine([without('bob')], 'bob', change, HASH)).toBe(false);
});
