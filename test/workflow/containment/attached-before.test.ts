import { beforeEach, describe, expect, it } from 'vitest';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard, waiting } from '../../support/each-guard.ts';
import type { FixtureEvent } from '../../support/fixture-events.ts';
import {
  ARN,
  attachEvent,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  HOLDER,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

const SINCE = '2026-03-02T09:15:05.000Z';
const { role, user, group } = HOLDER;

const GUARDRAIL = '{"Sid":"guardrail","Effect":"Deny","Action":"kms:*","Resource":"*"}';
const denying = (document: string) => document.replace(']}', `,${GUARDRAIL}]}`);

/** Later than what the sweep has seen, by the guard's clock too. */
const later = (event: FixtureEvent) => {
  event.detail.eventTime = '2026-03-02T09:16:05Z';
  return event;
};
const attachedTo = (entity: 'user' | 'group' | 'role', name: string) =>
  guard.iam.holder(entity, name).attached.has(ARN);
const attached = () => attachedTo('role', role);
const deniesOf = (entity: 'user' | 'role', name: string) =>
  guard.iam.holder(entity, name).inline.get('PolicyGuardDenies-report-cleaner');
const again = (eventId = 'attached-again') => later(attachEvent('role', eventId));
const requestOf = (id: string) => guard.ledger.requests.get(id);
const toldBefore = (id: string) => requestOf(id)?.surroundings?.before;

/** A role has held a policy for long. */
function held(document: string): void {
  guard.iam.createPolicy(ARN, document);
  guard.iam.attach('role', role, ARN);
  guard.sweep();
}

beforeEach(() => {
  guard.iam.createHolder('role', role);
  guard.iam.createHolder('user', user);
  guard.iam.createHolder('group', group);
  guard.now = new Date('2026-03-02T09:16:10.000Z');
});

describe('what was attached before, attached again', () => {
  it.each<[string, () => FixtureEvent]>([
    [
      'beside a new version',
      () => {
        guard.iam.createVersion(ARN, BAD);
        return versionEvent('v2', BAD, 'version');
      },
    ],
    [
      'beside an older version that was made the default',
      () => {
        guard.iam.createVersion(ARN, BAD, false);
        guard.iam.setDefault(ARN, 'v2');
        return defaultEvent('v2', 'version');
      },
    ],
  ])('is left alone %s, whichever event comes first', async (_how, change) => {
    held(HARMLESS);
    const version = later(change());
    expect(await guard.handle(again())).toMatchObject({ end: 'allowed' });
    const id = await waiting(version);
    expect(requestOf(id)?.principal?.members).toMatchObject([{ name: `role/${role}` }]);
    expect(await guard.handle(again('once-more'))).toMatchObject({ end: 'allowed' });
    await guard.decide(id, 'denied');
    expect(attached()).toBe(true);
    expect(guard.iam.inForce(ARN)).toBe(HARMLESS);
  });

  it('is left alone also where the request could not tell who had the policy', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(later(versionEvent('v2', BAD, 'version')));
    const request = requestOf(id);
    if (request !== undefined) guard.ledger.requests.set(id, { ...request, principal: undefined });
    expect(await guard.handle(again())).toMatchObject({ end: 'allowed' });
  });

  it('is left alone where a group has it', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.attach('group', group, ARN);
    guard.sweep();
    guard.iam.createVersion(ARN, BAD);
    expect(await guard.handle(later(attachEvent('group')))).toMatchObject({ end: 'allowed' });
    expect(attachedTo('group', group)).toBe(true);
  });

  it('is left alone where the policy was approved', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', role, ARN);
    await guard.decide(await waiting(createdEvent(BAD, 'approved')), 'approved');
    guard.sweep();
    letBe();
    guard.iam.createVersion(ARN, WORSE);
    expect(await guard.handle(again())).toMatchObject({ end: 'allowed' });
  });

  it('is left alone where it was approved for this one, and no sweep has come yet', async () => {
    guard.now = new Date(SINCE);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', role, ARN);
    await guard.decide(await waiting(attachEvent('role', 'approved')), 'approved');
    guard.now = new Date('2026-03-02T11:00:00.000Z');
    guard.iam.createVersion(ARN, WORSE);
    const event = attachEvent('role', 'again');
    event.detail.eventTime = '2026-03-02T10:59:00Z';
    expect(await guard.handle(event)).toMatchObject({ end: 'allowed' });
  });

  it.each<[string, () => void]>([
    ['nothing was swept yet', () => guard.ledger.inventory.clear()],
    [
      'the ledger does not answer',
      () => {
        guard.ledger.down = true;
      },
    ],
    [
      'another one has its name',
      () => {
        guard.iam.deleteHolder('role', role);
        guard.iam.createHolder('role', role);
        guard.iam.attach('role', role, ARN);
      },
    ],
    ['nothing is known of what the policy granted', () => guard.ledger.inventory.delete(ARN)],
    [
      'what is in force has been so for longer',
      () => {
        guard.restricted = [];
        guard.sweep();
        guard.restricted = [{ pattern: 's3:DeleteObject' }];
      },
    ],
  ])('is judged as ever where %s', async (_why, make) => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    make();
    expect((await guard.inspect(again())).verdict).toBe('restricted');
  });

  it('is judged as ever for whoever gets it now', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    guard.iam.attach('user', user, ARN);
    const id = await waiting(later(attachEvent('user', 'newcomer')));
    expect(toldBefore(id)).toEqual({ label: 'not attached' });
    await guard.decide(id, 'denied');
    expect(attachedTo('user', user)).toBe(false);
    expect(attached()).toBe(true);
  });

  it('a newcomer that a sweep has seen, or that was detached, stood nowhere', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    await waiting(later(versionEvent('v2', BAD, 'version')));
    guard.iam.attach('user', user, ARN);
    guard.sweep();
    const early = attachEvent('user', 'newcomer');
    const id = await waiting(early);
    expect(toldBefore(id)).toBeUndefined();
    guard.iam.attach('user', user, ARN);
    // The inventory has not heard of it yet.
    expect(await guard.handle(later(attachEvent('user', 'put-back')))).toMatchObject({ end: 'duplicate' });
    await guard.decide(id, 'denied');
    expect(attachedTo('user', user)).toBe(false);
    guard.iam.attach('user', user, ARN);
    const second = await waiting(later(attachEvent('user', 'denied-before')));
    await guard.decide(second, 'denied');
    expect(attachedTo('user', user)).toBe(false);
  });
});

describe('what was attached before, where every attachment is asked about', () => {
  beforeEach(() => {
    guard.attachments = 'always-ask';
  });

  it.each(['denied', 'expired'] as const)('is attached again when that is %s', async (decision) => {
    held(denying(HARMLESS));
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(again());
    expect(attached()).toBe(false);
    expect(toldBefore(id)).toEqual({ label: 'attached already', since: SINCE });
    // What it denied stays denied, though the version in force does not deny it.
    expect(deniesOf('role', role)).toContain(GUARDRAIL);
    await guard.decide(await waiting(later(versionEvent('v2', BAD, 'version'))), 'denied');
    expect(await guard.decide(id, decision)).toMatchObject({
      outcome: decision,
      detail: `${ARN} is attached to role ${role}, as it was before the change.`,
    });
    expect(attached()).toBe(true);
    expect(deniesOf('role', role)).toBeUndefined();
  });

  it('is attached again when the last of several is denied', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const first = await waiting(again('first'));
    const versions = [await waiting(later(versionEvent('v2', BAD, 'v2')))];
    guard.iam.createVersion(ARN, WORSE);
    guard.iam.attach('role', role, ARN);
    const second = await waiting(again('second'));
    versions.push(await waiting(later(versionEvent('v3', WORSE, 'v3'))));
    for (const id of versions) await guard.decide(id, 'denied');
    await guard.decide(first, 'denied');
    expect(attached()).toBe(true);
    await guard.decide(second, 'denied');
    expect(attached()).toBe(true);
  });

  it('is attached again with what was approved', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', role, ARN);
    await guard.decide(await waiting(createdEvent(BAD, 'approved')), 'approved');
    guard.sweep();
    letBe();
    const id = await waiting(again());
    expect(requestOf(id)?.containment).toMatchObject({ isBefore: 'approved', isIdentical: true });
    await guard.decide(id, 'denied');
    expect(attached()).toBe(true);
  });

  it('stays detached while the policy grants something else, with what it denied', async () => {
    held(denying(HARMLESS));
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(again());
    expect(await guard.decide(id, 'denied')).toMatchObject({
      detail: expect.stringContaining('What it denied stays denied.'),
    });
    expect(attached()).toBe(false);
    expect(deniesOf('role', role)).toContain(GUARDRAIL);
  });

  it('stays detached where another one has its name', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(again());
    await guard.decide(await waiting(later(versionEvent('v2', BAD, 'version'))), 'denied');
    guard.iam.deleteHolder('role', role);
    guard.iam.createHolder('role', role);
    await guard.decide(id, 'denied');
    expect(attached()).toBe(false);
  });

  it('stays detached where it was restricted all along, and nobody had approved it', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', role, ARN);
    guard.sweep({ isFirst: true });
    const id = await waiting(again());
    await guard.decide(id, 'denied');
    expect(attached()).toBe(false);
  });

  it('is attached again by a denial though the inspection had failed', async () => {
    held(HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const event = again();
    const quarantined = await guard.quarantine(await guard.look(event));
    const { end } = await guard.record(quarantined);
    expect(end).toBe('waiting');
    expect(quarantined.document && unpack(quarantined.document)).toBe(BAD);
    await guard.decide(await waiting(later(versionEvent('v2', BAD, 'version'))), 'denied');
    await guard.decide(quarantined.change.requestId, 'denied');
    expect(attached()).toBe(true);
  });
});

/** The inventory takes what is restricted for known, as once the ledger has said so. */
function letBe(): void {
  for (const [name, entry] of guard.ledger.inventory) {
    const grants = Object.entries(entry.grants).map(([key, grant]) => [key, { ...grant, status: 'known' }]);
    guard.ledger.inventory.set(name, { ...entry, grants: Object.fromEntries(grants) });
  }
}
