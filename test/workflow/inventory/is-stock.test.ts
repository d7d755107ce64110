import { beforeEach, describe, expect, it } from 'vitest';
import { guard } from '../../support/each-guard.ts';
import type { FixtureEvent } from '../../support/fixture-events.ts';
import {
  ARN,
  attachEvent,
  BAD,
  createdEvent,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

const { user } = HOLDER;
const put = (document: string) => guard.iam.putInline('user', user, INLINE_NAME, document);

/** A change of a minute after the first run. */
const later = (event: FixtureEvent) => {
  event.detail.eventTime = '2026-03-02T09:16:05Z';
  return event;
};
const verdictOf = async (event: FixtureEvent) => (await guard.inspect(event)).verdict;

beforeEach(() => {
  guard.iam.createHolder('user', user);
  guard.iam.createPolicy(ARN, BAD);
  guard.iam.attach('user', user, ARN);
  put(BAD);
  guard.sweep({ isFirst: true });
});

describe('what the first run has found, unchanged', () => {
  it.each<[string, () => FixtureEvent]>([
    ['written again', () => putEvent('user', BAD)],
    ['attached again', () => attachEvent('user')],
    ['made the default again', () => defaultEvent('v1')],
    [
      'made again as a new version',
      () => {
        guard.iam.createVersion(ARN, BAD);
        return versionEvent('v2', BAD);
      },
    ],
  ])('is left alone when it is %s', async (_how, event) => {
    expect(await guard.inspect(later(event()))).toMatchObject({
      verdict: 'allowed',
      reason: expect.stringContaining('when the first run took stock'),
    });
  });

  it.each<[string, () => FixtureEvent]>([
    [
      'something else is written in its place',
      () => {
        put(WORSE);
        return putEvent('user', WORSE);
      },
    ],
    [
      'it comes back after something else was seen in its place',
      () => {
        put(HARMLESS);
        guard.sweep();
        put(BAD);
        return putEvent('user', BAD);
      },
    ],
    [
      'it comes back after nothing was seen in its place',
      () => {
        guard.iam.deleteInline('user', user, INLINE_NAME);
        guard.sweep();
        put(BAD);
        return putEvent('user', BAD);
      },
    ],
    [
      'another one has the name of its holder',
      () => {
        guard.iam.deleteHolder('user', user);
        guard.iam.createHolder('user', user);
        put(BAD);
        return putEvent('user', BAD);
      },
    ],
    [
      'another policy has its ARN, and is attached',
      () => {
        guard.iam.deletePolicy(ARN);
        guard.iam.createPolicy(ARN, BAD);
        return attachEvent('user');
      },
    ],
    [
      'another policy is created under its ARN',
      () => {
        guard.iam.deletePolicy(ARN);
        guard.iam.createPolicy(ARN, BAD);
        return createdEvent(BAD);
      },
    ],
    [
      'attachments are always asked about',
      () => {
        guard.attachments = 'always-ask';
        return attachEvent('user');
      },
    ],
    [
      'the sweep itself asks about it',
      () => {
        const event = putEvent('user', BAD);
        event.detail.foundBySweepAt = '2026-03-02T09:17:05.000Z';
        return event;
      },
    ],
    [
      'the ledger does not answer',
      () => {
        guard.ledger.down = true;
        return putEvent('user', BAD);
      },
    ],
  ])('is judged when %s', async (_how, event) => {
    expect(await verdictOf(later(event()))).toBe('restricted');
  });
});

describe('what somebody exempt has made, as a sweep has seen', () => {
  const exempt = () => {
    const entry = guard.ledger.inventory.get(user);
    const grants = Object.entries(entry?.grants ?? {}).map(([key, grant]) => [
      key,
      { ...grant, status: 'known', exempt: { type: 'Role', label: 'deployer' } },
    ]);
    if (entry) guard.ledger.inventory.set(user, { ...entry, grants: Object.fromEntries(grants) });
  };

  it.each<[string, () => FixtureEvent]>([
    ['written', () => putEvent('user', BAD)],
    ['attached', () => attachEvent('user')],
  ])('is left alone when somebody else has it %s again', async (_how, event) => {
    exempt();
    expect(await verdictOf(later(event()))).toBe('allowed');
  });

  it('is judged when something else is written in its place', async () => {
    exempt();
    put(WORSE);
    expect(await verdictOf(later(putEvent('user', WORSE)))).toBe('restricted');
  });
});

it('a change from before the first run repeats nothing that it saw', async () => {
  expect(await verdictOf(putEvent('user', BAD))).toBe('restricted');
});

it('what came later and is known is no stock', async () => {
  guard.ledger.inventory.clear();
  guard.sweep();
  expect(await verdictOf(later(putEvent('user', BAD)))).toBe('restricted');
});
