import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
import { readSurroundings } from '../../../workflow/containment/surroundings.ts';
import { unpack } from '../../../workflow/inspection/packed-document.ts';
import type { Quarantined } from '../../../workflow/steps/payloads.ts';
import { guard } from '../../support/each-guard.ts';
import { incompressible } from '../../support/incompressible.ts';
import {
  ALSO_HARMLESS,
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
  WAYS_IN,
  WORSE,
} from '../../support/ways-in.ts';

const quarantined = async (event: unknown) => guard.quarantine(await guard.inspect(event));
const versionBefore = ({ surroundings }: Quarantined) =>
  surroundings?.before?.document && [surroundings.before.label, unpack(surroundings.before.document)];

/** Alice, who makes the changes, is an old user of IAM. */
const requesterAge = { userId: 'AIDAalice', createdAt: '2020-01-01T00:00:00.000Z', accessKeys: [] };

describe('what was in force before', () => {
  it('is, for a new version, the newest earlier one, whatever it granted', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, WORSE);
    guard.iam.createVersion(ARN, BAD);
    const result = await quarantined(versionEvent('v3', BAD));
    expect(versionBefore(result)).toEqual(['v2, the newest earlier version', WORSE]);
    expect(result.containment).toMatchObject({ inForceVersionId: 'v1' });
  });

  it('is never a placeholder', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, PLACEHOLDER);
    guard.iam.createVersion(ARN, BAD);
    expect(versionBefore(await quarantined(versionEvent('v3', BAD)))).toEqual([
      'v1, the newest earlier version',
      HARMLESS,
    ]);
  });

  it('is nothing where the only earlier version is a placeholder', async () => {
    guard.iam.createPolicy(ARN, PLACEHOLDER);
    guard.iam.createVersion(ARN, BAD);
    expect(versionBefore(await quarantined(versionEvent('v2', BAD)))).toBeUndefined();
  });

  it('is, for a version that was made default, what is in force meanwhile', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.createVersion(ARN, BAD);
    guard.iam.createVersion(ARN, ALSO_HARMLESS);
    guard.iam.setDefault(ARN, 'v2');
    expect(versionBefore(await quarantined(defaultEvent('v2')))).toEqual([
      'v1, in force meanwhile',
      HARMLESS,
    ]);
  });

  it('is not told for a version that was made default while a placeholder is in force', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.createVersion(ARN, HARMLESS);
    guard.iam.setDefault(ARN, 'v1');
    expect(versionBefore(await quarantined(defaultEvent('v1')))).toBeUndefined();
  });

  it('is nothing for a new policy, an inline policy or an attachment', async () => {
    guard.iam.createHolder('user', HOLDER.user);
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('user', HOLDER.user, ARN);
    guard.iam.putInline('user', HOLDER.user, INLINE_NAME, BAD);
    for (const event of [attachEvent('user', 'a'), createdEvent(BAD, 'b'), putEvent('user', BAD, 'c')]) {
      const result = await quarantined(event);
      expect(result.status).toBe('quarantined');
      expect(versionBefore(result)).toBeUndefined();
    }
  });

  it('is left out when it would take too much room', async () => {
    guard.iam.unlimited = true;
    guard.iam.createPolicy(ARN, HARMLESS.replace('s3:GetObject', incompressible(90_000)));
    guard.iam.createVersion(ARN, BAD);
    const result = await quarantined(versionEvent('v2', BAD));
    expect(result.status).toBe('quarantined');
    expect(versionBefore(result)).toBeUndefined();
  });
});

describe('what it is attached to', () => {
  beforeEach(() => {
    for (const entity of ['user', 'group', 'role'] as const) guard.iam.createHolder(entity, HOLDER[entity]);
  });

  it('is every user, group and role that has the policy', async () => {
    guard.iam.createPolicy(ARN, HARMLESS);
    guard.iam.attach('user', HOLDER.user, ARN);
    guard.iam.attach('role', HOLDER.role, ARN);
    guard.iam.createVersion(ARN, BAD);
    const { surroundings } = await quarantined(versionEvent('v2', BAD));
    expect(surroundings?.attachedTo).toEqual(['user/bob', 'role/deployer']);
  });

  it('is nothing yet, for a policy that nobody has', async () => {
    guard.iam.createPolicy(ARN, BAD);
    expect((await quarantined(createdEvent(BAD))).surroundings).toEqual({ attachedTo: [], requesterAge });
  });

  it('is what it is written into, for an inline policy', async () => {
    guard.iam.putInline('group', HOLDER.group, INLINE_NAME, BAD);
    expect((await quarantined(putEvent('group', BAD))).surroundings).toEqual({
      attachedTo: ['group/analysts'],
      requesterAge,
      holders: [{ name: 'group/analysts', members: { count: 0, first: [] } }],
    });
  });

  it('is what it was attached to and what else has it, for an attachment', async () => {
    guard.iam.createPolicy(ARN, BAD);
    guard.iam.attach('role', HOLDER.role, ARN);
    guard.iam.attach('user', HOLDER.user, ARN);
    const { surroundings } = await quarantined(attachEvent('user'));
    expect(surroundings).toEqual({ attachedTo: ['user/bob', 'role/deployer'], requesterAge });
  });
});

describe.each(WAYS_IN)('after a quarantine of $eventName', (way) => {
  const judged = async () => {
    way.prepare(guard.iam);
    way.make(guard.iam);
    const judgement = await guard.inspect(way.event());
    guard.iam.failAt(undefined);
    return judgement;
  };

  it('they are the same when a second try finds everything contained', async () => {
    const judgement = await judged();
    const first = await guard.tryQuarantine(judgement, 0);
    const second = await guard.tryQuarantine(judgement, 1);
    expect(first.surroundings).toBeDefined();
    expect(second.surroundings).toEqual(first.surroundings);
  });
});

describe('a read that IAM never answers', () => {
  beforeEach(() => {
    guard.iam.silent = 'listAttachedTo';
  });

  it.each(['CreatePolicyVersion', 'AttachUserPolicy'])(
    'is given two seconds, after the last write: %s',
    async (eventName) => {
      const way = WAYS_IN.find((each) => each.eventName === eventName);
      way?.prepare(guard.iam);
      way?.make(guard.iam);
      const judgement = await guard.inspect(way?.event());
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => void vi.useRealTimers());
      const [result] = await Promise.all([
        guard.tryQuarantine(judgement),
        vi.advanceTimersByTimeAsync(2_000),
      ]);
      expect(result.status).toBe('quarantined');
      expect(result.surroundings?.attachedTo).toBeUndefined();
      const asked = guard.iam.calls.findIndex((call) => call.startsWith('listAttachedTo'));
      const writes = guard.iam.calls.map((call) => /^(create|set|delete|put|attach|detach)/.test(call));
      expect(writes.lastIndexOf(true)).toBeLessThan(asked);
      expect(guard.logged).toMatchObject([
        { level: 'warn', message: expect.stringContaining('attached to') },
      ]);
    },
  );
});

it('what the account calls itself is known where it has an alias', async () => {
  guard.iam.createPolicy(ARN, BAD);
  guard.iam.alias = 'acme-prod';
  expect((await quarantined(createdEvent(BAD))).surroundings).toMatchObject({ accountAlias: 'acme-prod' });
});

it('a read that fails is missing, and only the log tells', async () => {
  guard.iam.createPolicy(ARN, HARMLESS);
  guard.iam.createVersion(ARN, BAD);
  const judgement = await guard.inspect(versionEvent('v2', BAD));
  const tools = guard.tools();
  const { change } = judgement;
  if (change === undefined) throw new Error('There is a change.');
  const iam = { ...tools.iam, listPolicyVersions: () => Promise.reject(new Error('throttled')) };
  const containment = { type: 'managed-policy', inForceVersionId: 'v1' } as const;
  expect(await readSurroundings(change, { containment, document: BAD }, { ...tools, iam })).toEqual({
    surroundings: { attachedTo: [], requesterAge },
  });
  expect(guard.logged).toMatchObject([{ level: 'warn', fields: { error: new Error('throttled') } }]);
});
