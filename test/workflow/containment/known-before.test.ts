import { beforeEach, describe, expect, it } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import { guard, waiting } from '../../support/each-guard.ts';
import {
  ALSO_HARMLESS,
  ARN,
  BAD,
  defaultEvent,
  HARMLESS,
  HOLDER,
  INLINE_NAME,
  putEvent,
  versionEvent,
  WORSE,
} from '../../support/ways-in.ts';

const SINCE = '2026-03-02T09:15:05.000Z';
const { user } = HOLDER;
const put = (document: string) => guard.iam.putInline('user', user, INLINE_NAME, document);
const current = () => guard.iam.holder('user', user).inline.get(INLINE_NAME);
const write = (document: string, eventId?: string) => {
  put(document);
  return waiting(putEvent('user', document, eventId));
};
const requestOf = (id: string) => guard.ledger.requests.get(id);
const toldBefore = (id: string) => {
  const { document, difference: _, ...before } = requestOf(id)?.surroundings?.before ?? {};
  return { ...before, ...(document && { document: unpack(document) }) };
};
const approve = async (document: string) => {
  const id = await write(document, 'approved-before');
  expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
};

describe('an inline policy whose place the inventory knows', () => {
  beforeEach(() => guard.iam.createHolder('user', user));

  it.each(['harmless', 'approved'])(
    'stays, written again as it was (%s) while another one waits',
    async (as) => {
      const before = as === 'harmless' ? HARMLESS : BAD;
      if (before === HARMLESS) put(HARMLESS);
      else await approve(BAD);
      guard.sweep();
      const id = await write(WORSE);
      put(before);
      expect(await guard.handle(putEvent('user', before, 'again'))).toMatchObject({ end: 'allowed' });
      await guard.decide(id, 'denied');
      expect(current()).toBe(before);
    },
  );

  it('is what it was before again, while its request waits and after a denial', async () => {
    put(HARMLESS);
    guard.sweep();
    const id = await write(BAD);
    expect(current()).toBe(HARMLESS);
    expect(toldBefore(id)).toEqual({ label: 'as it stood', since: SINCE, document: HARMLESS });
    expect(requestOf(id)?.containment).toMatchObject({ isBefore: 'harmless' });
    put(BAD);
    await guard.decide(id, 'denied');
    expect(current()).toBe(HARMLESS);
  });

  it('is the reviewed one after an approval', async () => {
    put(HARMLESS);
    guard.sweep();
    await guard.decide(await write(BAD), 'approved');
    expect(current()).toBe(BAD);
  });

  it('is what was approved before, though it is restricted', async () => {
    await approve(BAD);
    guard.sweep();
    expect(requestOf(await write(WORSE))?.containment).toMatchObject({ isBefore: 'approved' });
    expect(current()).toBe(BAD);
  });

  it('was nothing before, where the holder was known without it', async () => {
    guard.sweep();
    expect(toldBefore(await write(BAD))).toEqual({ label: 'nothing' });
    expect(current()).toBe(PLACEHOLDER);
  });

  it('is what stood there before it was written, though a sweep has seen it in force', async () => {
    put(HARMLESS);
    guard.sweep();
    put(BAD);
    guard.sweep();
    await waiting(putEvent('user', BAD));
    expect(current()).toBe(HARMLESS);
  });

  it('is not what was restricted, unannounced and on its way out when it was written', async () => {
    put(HARMLESS);
    guard.sweep();
    put(WORSE);
    guard.sweep();
    await write(BAD);
    expect(current()).toBe(HARMLESS);
  });

  it('is what stood there before, also where the try that put it there was cut off', async () => {
    put(HARMLESS);
    guard.sweep();
    put(BAD);
    const judgement = await guard.inspect(putEvent('user', BAD));
    const { plan: _, ...unplanned } = judgement;
    await guard.tryQuarantine(unplanned);
    guard.ledger.inventory.clear();
    expect(await guard.tryQuarantine(unplanned, 1)).toMatchObject({ status: 'quarantined' });
    expect(current()).toBe(HARMLESS);
  });

  describe('has the placeholder in its place', () => {
    it.each<[string, string, () => unknown]>([
      ['it was restricted in the stock', BAD, () => guard.sweep({ isFirst: true })],
      ['it cannot be read', '{"Statement":[{"Effect":"Allow"', () => guard.sweep({ isFirst: true })],
      [
        'it is observed',
        BAD,
        () => {
          guard.restricted = [
            { pattern: 's3:DeleteObject', mode: 'observe' },
            { pattern: 's3:DeleteBucket' },
          ];
          guard.sweep({ isFirst: true });
        },
      ],
      [
        'the list has become another one',
        HARMLESS,
        () => {
          guard.sweep();
          guard.restricted = [...guard.restricted, { pattern: 's3:GetObject' }];
        },
      ],
      [
        'another one has its holder’s name',
        HARMLESS,
        () => {
          guard.sweep();
          guard.iam.deleteHolder('user', user);
          guard.iam.createHolder('user', user);
        },
      ],
      [
        'the ledger is down',
        HARMLESS,
        () => {
          guard.sweep();
          guard.ledger.down = true;
        },
      ],
      [
        'the ledger is silent',
        HARMLESS,
        () => {
          guard.sweep();
          guard.ledger.silent = true;
        },
      ],
      [
        'nobody tells whose place it is',
        HARMLESS,
        () => {
          guard.sweep();
          guard.iam.silent = 'getHolder';
        },
      ],
    ])('where %s', async (_why, before, arrange) => {
      put(before);
      arrange();
      put(WORSE);
      const judgement = await guard.inspect(putEvent('user', WORSE));
      expect(judgement.verdict).toBe('restricted');
      expect(await guard.quarantine(judgement)).toMatchObject({ status: 'quarantined' });
      expect(current()).toBe(PLACEHOLDER);
    });

    it('where what stood there was approved for another one of the same name', async () => {
      await approve(BAD);
      guard.iam.deleteHolder('user', user);
      guard.iam.createHolder('user', user);
      put(BAD);
      guard.sweep({ isFirst: true });
      await write(WORSE);
      expect(current()).toBe(PLACEHOLDER);
    });

    it('where the approval of what stood there counts no more', async () => {
      await approve(BAD);
      guard.sweep({ isFirst: true });
      const [approved] = guard.ledger.requests.values();
      if (approved === undefined) throw new Error('There is an approved request.');
      const { decision: _, ...anew } = approved;
      guard.ledger.requests.set('anew', { ...anew, id: 'anew', status: 'pending', votes: [] });
      await write(WORSE, 'worse');
      expect(current()).toBe(PLACEHOLDER);
    });
  });

  describe('when it is denied after the list has become another one', () => {
    beforeEach(() => {
      put(HARMLESS);
      guard.sweep();
    });
    const stricter = () => {
      guard.restricted = [...guard.restricted, { pattern: 's3:GetObject' }];
    };

    it('leaves in force what was there before', async () => {
      const id = await write(BAD);
      stricter();
      await guard.decide(id, 'denied');
      expect(current()).toBe(HARMLESS);
    });

    it('does not put it in force again', async () => {
      const id = await write(BAD);
      stricter();
      put(BAD);
      await guard.decide(id, 'denied');
      expect(current()).toBeUndefined();
    });
  });

  it('is not put in the place of another holder of its name, of whom a denial takes nothing either', async () => {
    put(HARMLESS);
    guard.sweep();
    const id = await write(BAD);
    guard.iam.deleteHolder('user', user);
    guard.iam.createHolder('user', user);
    put(BAD);
    expect(await guard.decide(id, 'denied')).toMatchObject({ outcome: 'gone' });
    expect(current()).toBe(BAD);
  });
});

describe('an event about an inline policy that was never in force', () => {
  beforeEach(() => guard.iam.createHolder('user', user));

  it.each([
    ['what stood there before', () => guard.sweep()],
    ['a placeholder', () => {}],
  ])(
    'is asked about by nobody while %s stands there: nothing of it could be put back',
    async (what, arrange) => {
      put(what === 'a placeholder' ? PLACEHOLDER : HARMLESS);
      arrange();
      expect(await guard.handle(putEvent('user', WORSE))).toMatchObject({ end: 'superseded' });
      expect(guard.ledger.requests.size).toBe(0);
      expect(guard.ledger.intents.size).toBe(0);
    },
  );

  it('is gone where nothing stands there, and nothing is written', async () => {
    expect(await guard.handle(putEvent('user', WORSE))).toMatchObject({ end: 'gone' });
    expect(guard.iam.holder('user', user).inline.size).toBe(0);
  });

  it('is the same change where the guard has taken it out for another event of it', async () => {
    put(HARMLESS);
    guard.sweep();
    const first = await write(BAD, 'first');
    expect(await guard.handle(putEvent('user', BAD, 'second'))).toMatchObject({ end: 'duplicate' });
    expect(guard.ledger.requests.size).toBe(1);
    expect(requestOf(first)).toBeDefined();
  });

  it('is taken out all the same where the reads lag behind for longer than is waited', async () => {
    put(PLACEHOLDER);
    guard.ledger.silent = true;
    const judgement = await guard.inspect(putEvent('user', BAD));
    expect(await guard.tryQuarantine(judgement)).toMatchObject({ status: 'quarantined' });
  });
});

describe('a managed policy that the inventory knows', () => {
  const inForce = () => guard.iam.inForce(ARN);

  it('goes back to the version that was in force, not to the newest harmless one', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, ALSO_HARMLESS, false);
    guard.sweep();
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(versionEvent('v3', BAD));
    expect(inForce()).toBe(HARMLESS);
    expect(toldBefore(id)).toMatchObject({ label: 'v1', document: HARMLESS });
  });

  it('goes back to a later version, where an earlier one was put in force', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.createVersion(ARN, HARMLESS);
    guard.sweep();
    guard.iam.setDefault(ARN, 'v1');
    const id = await waiting(defaultEvent('v1'));
    expect(inForce()).toBe(HARMLESS);
    expect(await guard.decide(id, 'approved')).toMatchObject({ outcome: 'approved' });
    expect(inForce()).toBe(BAD);
  });

  it('has a placeholder where what was in force is restricted itself', async () => {
    guard.iam.createPolicy(ARN, WORSE);
    guard.sweep({ isFirst: true });
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(versionEvent('v2', BAD));
    expect(inForce()).toBe(PLACEHOLDER);
    expect(toldBefore(id)).toMatchObject({ label: 'v1', document: WORSE });
  });

  it('goes by what IAM shows where another one has its ARN', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.sweep();
    guard.iam.deletePolicy(ARN);
    guard.iam.createPolicy(ARN, ALSO_HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    const id = await waiting(versionEvent('v2', BAD));
    expect(inForce()).toBe(ALSO_HARMLESS);
    expect(toldBefore(id)).toMatchObject({ label: 'v1, the newest earlier version' });
  });
});
