import { expect, test } from 'vitest';
import { attachmentHash } from '../../../workflow/inventory/seen.ts';
import { wasAttached } from '../../../workflow/inventory/was-attached.ts';
import type { Intent } from '../../../workflow/ledger/intents.ts';
import type { Grant, InventoryEntry } from '../../../workflow/ledger/inventory.ts';
import { targetKey } from '../../../workflow/ledger/target-key.ts';
import { ACCOUNT } from '../../support/fixture-events.ts';

const policyArn = `arn:aws:iam::${ACCOUNT}:policy/p`;
const target = { type: 'attachment', entity: 'role', entityName: 'r', policyArn } as const;
const PRINCIPAL = { id: 'AROA1', policyId: 'ANPA1' };
const SEEN = '2026-03-02T09:00:00.000Z';
const SHOWN = '2026-03-02T09:03:00.500Z';
const AFTER = '2026-03-02T09:03:01Z';
const NOW = new Date('2026-03-02T09:10:00.000Z');

const entryOf = (grant: Partial<Grant> = {}, id = PRINCIPAL.id): InventoryEntry => ({
  ...{ kind: 'role', name: 'r', id, arn: `arn:aws:iam::${ACCOUNT}:role/r` },
  grants: {
    [targetKey(ACCOUNT, target)]: {
      ...{ target, sha256: attachmentHash(policyArn, PRINCIPAL.policyId), since: SEEN, seenAt: SEEN },
      ...{ shownAt: SHOWN, restricted: false, status: 'known' },
      ...grant,
    },
  },
});

const changeOf = (eventTime: string, foundAt?: string) => ({
  ...{ requestId: 'q', eventId: 'e', eventName: 'AttachRolePolicy', eventTime, accountId: ACCOUNT, target },
  ...{ region: 'us-east-1', requester: { type: 'IAMUser', label: 'dev', names: ['dev'] } },
  ...(foundAt && { foundAt }),
});

const detached = (at: string, requestId = 'another'): Intent => ({
  change: { requestId, eventName: 'AttachRolePolicy', eventTime: AFTER, accountId: ACCOUNT, target },
  ...{
    executionArn: 'arn',
    document: { sha256: '', gzip: '' },
    plan: { type: 'attachment', leftOut: [] },
    at,
  },
});

interface Case {
  entry?: InventoryEntry | undefined;
  principal?: { id: string; policyId?: string };
  eventTime?: string;
  foundAt?: string;
  intents?: Intent[];
  now?: Date;
}

function judge({
  principal = PRINCIPAL,
  eventTime = AFTER,
  foundAt,
  intents = [],
  now = NOW,
  ...rest
}: Case) {
  const entry = 'entry' in rest ? rest.entry : entryOf();
  const change = changeOf(eventTime, foundAt) as unknown as Parameters<typeof wasAttached>[0];
  return wasAttached(change, principal, { entry, intents, now });
}

test.each<[string, Case]>([
  ['a reading had shown it before', {}],
  ['the first run had found it', { entry: entryOf({ status: 'stock' }) }],
  [
    'it counts for more since, by a version that has come into force',
    { entry: entryOf({ status: 'reported' }) },
  ],
  ['the guard had detached it long before that reading', { intents: [detached('2026-03-02T08:30:00.000Z')] }],
  ['an earlier try for the same change has detached it', { intents: [detached(AFTER, 'q')] }],
])('it stood before: %s', (_why, given) => {
  expect(judge(given)).toBe(true);
});

test.each<[string, Case]>([
  ['nothing is known of who holds it', { entry: undefined }],
  ['it is not known there', { entry: { ...entryOf(), grants: {} } }],
  [
    'an older version has kept it, and not when the reading was over',
    { entry: entryOf({ shownAt: undefined }) },
  ],
  ['it came while the account was being read', { eventTime: '2026-03-02T09:02:00Z' }],
  ['it came in the second in which the reading was over', { eventTime: '2026-03-02T09:03:00Z' }],
  [
    'its event tells a time that has yet to come, and the reading is not over',
    { eventTime: '2027-01-01T00:00:00Z', now: new Date('2026-03-02T09:02:00.000Z') },
  ],
  ['another one has the name of its holder', { principal: { ...PRINCIPAL, id: 'AROA2' } }],
  ['another policy has the ARN', { principal: { ...PRINCIPAL, policyId: 'ANPA2' } }],
  ['the policy could not be read', { principal: { id: PRINCIPAL.id } }],
  ['nobody has looked at it yet', { entry: entryOf({ status: 'open' }) }],
  ['it waits for an approver to say so', { entry: entryOf({ status: 'held' }) }],
  ['an execution was started for it', { entry: entryOf({ status: 'found' }) }],
  ['the guard has detached it since', { intents: [detached('2026-03-02T09:05:00.000Z')] }],
  [
    'the guard detached it while the account was being read',
    { intents: [detached('2026-03-02T09:01:00.000Z')] },
  ],
  [
    'the guard had detached it just before, which IAM may not have shown',
    { intents: [detached('2026-03-02T08:59:30.000Z')] },
  ],
  ['the sweep itself asks about it', { foundAt: AFTER }],
])('it is not known to have stood before: %s', (_why, given) => {
  expect(judge(given)).toBe(false);
});
