import { randomUUID } from 'node:crypto';
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetUserCommand,
  PutUserPolicyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, start } from '../support/forged-events.ts';
import { ADA, type GuardedSandbox, granting, HARMLESS, withinSandbox } from '../support/guarded-sandbox.ts';

const GRANT = granting('s3:DeleteBucket').replace(':[', ' :  [');
const PolicyName = 'x';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** An event as CloudTrail brings it, or as anybody can write it who may start an execution. */
function told(eventName: string, requestParameters: object) {
  const { detail, ...envelope } = eventOf('arn:aws:iam::123456789012:policy/x', 'developer');
  return {
    ...envelope,
    detail: { ...detail, eventID: randomUUID(), eventName, requestParameters, responseElements: null },
  };
}

function handsIn(guard: GuardedSandbox) {
  const entity = async (name: string) => (await guard.state()).entities.find((each) => each.name === name);
  const open = async () => (await guard.state()).requests.filter(({ outcome }) => !outcome);
  const rest = async () => {
    await guard.settled();
    return open();
  };
  const twoSweeps = async () => {
    await guard.post('/api/reconcile', {});
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await guard.post('/api/reconcile', {});
  };
  return {
    guard,
    open,
    user: (UserName: string) => guard.iam.send(new CreateUserCommand({ UserName })),
    put: (UserName: string) =>
      guard.iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: GRANT })),
    rename: (UserName: string, NewUserName: string) =>
      guard.iam.send(new UpdateUserCommand({ UserName, NewUserName })),
    /** What is called so holds, byte for byte; undefined where there is nothing. */
    text: async (name: string) =>
      (await entity(name))?.inlinePolicies.find((policy) => policy.name === PolicyName)?.document,
    attached: async (name: string) => (await entity(name))?.attachedPolicies.length,
    /** It was only observed, so that nobody was asked, and is there since before the changes of a play. */
    longAgo: async (make: () => Promise<unknown>) => {
      await guard.post('/api/reconcile', {});
      await make();
      await guard.settled();
      await twoSweeps();
      guard.sandbox.configure({ MODE: 'enforce' });
      await guard.post('/api/reconcile', {});
      await guard.settled();
    },
    /** What is done before any event of it comes. */
    withinTheDelay: async (calls: () => Promise<unknown>) => {
      await calls();
      return rest();
    },
    /** No event of it comes but those that are told. */
    unheard: async (calls: () => Promise<unknown>) => {
      await guard.post('/api/faults', { events: 'down' });
      await calls();
      await guard.settled();
      await guard.post('/api/faults', { events: 'up' });
    },
    start: async (...events: object[]) => {
      for (const event of events) await start(guard, event);
      return rest();
    },
    denyAll: async (requests: readonly RequestState[]) => {
      for (const request of requests) {
        await guard.asked(({ id }) => id === request.id);
        const { slack } = (await guard.state()).requests.find(({ id }) => id === request.id) ?? request;
        await guard.deny({ slack }, ADA);
        await guard.ended(request.id);
      }
      await guard.settled();
    },
  };
}

type Hands = ReturnType<typeof handsIn>;

/** CloudTrail takes longer than all calls of a play together; two readings a second apart are enough. */
const SLOW = { SANDBOX_CLOUDTRAIL_DELAY_MS: '700', SWEEP_SETTLE_SECONDS: '1', MODE: 'observe' };

const play = (title: string, doIt: (hands: Hands) => Promise<void>) =>
  test(title, () => withinSandbox(SLOW, (guard) => doIt(handsIn(guard)), { hurryMs: 20 }));

describe.concurrent('a name that is handed on to somebody who holds the same', () => {
  play(
    'costs that one nothing, and whoever the change was made of loses it, also once it is denied',
    async (hands) => {
      const { guard, user, put, rename, text } = hands;
      await hands.longAgo(async () => {
        await user('victim');
        await put('victim');
        await user('mine');
      });
      const requests = await hands.withinTheDelay(async () => {
        await put('mine');
        await rename('mine', 'mine-now');
        await rename('victim', 'mine');
      });
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).not.toContain('Allow');
      expect(requests).toHaveLength(1);
      const [request] = requests;
      const message = await guard.until('the message', ({ slack }) =>
        slack.messages.find(({ blocks }) => JSON.stringify(blocks).includes('mine-now (mine in the event)')),
      );
      expect(message).toBeDefined();
      expect(request?.change.requester.label).toContain('developer');
      await hands.denyAll(requests);
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).toBeUndefined();
      expect(guard.failures).toEqual([]);
    },
  );

  play(
    'of an approved grant costs nothing either, and gives nobody what was approved for that one',
    async (hands) => {
      const { guard, user, put, rename, text } = hands;
      await hands.longAgo(() => user('mine'));
      await user('victim');
      await put('victim');
      const asked = await guard.asked(({ outcome }) => !outcome);
      await guard.click(asked, 'approve', ADA);
      await guard.ended(asked.id);
      await guard.settled();
      const requests = await hands.withinTheDelay(async () => {
        await put('mine');
        await rename('mine', 'mine-now');
        await rename('victim', 'mine');
      });
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).not.toContain('Allow');
      await hands.denyAll(requests);
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).toBeUndefined();
    },
  );

  play('three times round costs the one nothing who held it before', async (hands) => {
    const { user, put, rename, text } = hands;
    await hands.longAgo(async () => {
      await user('victim');
      await put('victim');
      await user('mine');
    });
    const requests = await hands.withinTheDelay(async () => {
      await put('mine');
      await rename('mine', 'between');
      await rename('victim', 'mine');
      await rename('between', 'victim');
    });
    expect(await text('mine')).toBe(GRANT);
    expect(await text('victim')).not.toContain('Allow');
    await hands.denyAll(requests);
    expect(await text('mine')).toBe(GRANT);
    expect(await text('victim')).toBeUndefined();
  });

  play('by somebody who holds both names keeps the grant for neither', async (hands) => {
    const { guard, user, put, rename, text } = hands;
    await hands.longAgo(async () => {
      await user('mine');
      await user('also-mine');
    });
    await hands.withinTheDelay(async () => {
      await put('mine');
      await put('also-mine');
      await rename('mine', 'mine-now');
      await rename('also-mine', 'mine');
    });
    const nobodyHoldsIt = async () => {
      expect((await text('mine-now')) ?? '').not.toContain('Allow');
      expect((await text('mine')) ?? '').not.toContain('Allow');
    };
    await nobodyHoldsIt();
    await guard.post('/api/reconcile', {});
    await guard.settled();
    const requests = await hands.open();
    expect(requests.length).toBeGreaterThanOrEqual(2);
    await hands.denyAll(requests);
    await nobodyHoldsIt();
  });

  play('to a new user, who holds the same, keeps it for neither; both are asked about', async (hands) => {
    const { guard, user, put, rename, text } = hands;
    await hands.longAgo(() => user('mine'));
    await hands.unheard(async () => {
      await put('mine');
      await rename('mine', 'mine-now');
      await user('mine');
      await put('mine');
    });
    await hands.start(
      told('PutUserPolicy', { userName: 'mine', policyName: PolicyName, policyDocument: GRANT }),
    );
    expect(await text('mine-now')).not.toContain('Allow');
    expect(await text('mine')).not.toContain('Allow');
    await guard.post('/api/reconcile', {});
    await guard.settled();
    const requests = await hands.open();
    const names = requests.map(({ change }) => (change.target as { entityName?: string }).entityName);
    expect(names.toSorted()).toEqual(['mine', 'mine-now']);
    const later = requests.find(({ change }) => JSON.stringify(change.target).includes('"mine"'));
    if (later === undefined) throw new Error('Both are asked about.');
    await hands.denyAll(requests.filter(({ id }) => id !== later.id));
    const shown = await guard.asked(({ id }) => id === later.id);
    await guard.click(shown, 'approve', ADA);
    expect(await guard.ended(later.id)).toMatchObject({ outcome: 'approved' });
    await guard.settled();
    expect(await text('mine')).toBe(GRANT);
    expect(await text('mine-now')).toBeUndefined();
  });

  play(
    'costs nothing, in whatever order its events come, also where no sweep has seen the other',
    async (hands) => {
      const { user, put, rename, text } = hands;
      await hands.longAgo(async () => {
        await user('victim');
        await put('victim');
      });
      await hands.unheard(async () => {
        await user('mine');
        await put('mine');
        await rename('mine', 'mine-now');
        await rename('victim', 'mine');
      });
      const requests = await hands.start(
        told('UpdateUser', { userName: 'victim', newUserName: 'mine' }),
        told('PutUserPolicy', { userName: 'mine', policyName: PolicyName, policyDocument: GRANT }),
        told('UpdateUser', { userName: 'mine', newUserName: 'mine-now' }),
      );
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).not.toContain('Allow');
      await hands.denyAll(requests);
      expect(await text('mine')).toBe(GRANT);
      expect(await text('mine-now')).toBeUndefined();
    },
  );

  play('counts for attachments too', async (hands) => {
    const { guard, user, rename, attached } = hands;
    const attach = (UserName: string) =>
      guard.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: ADMINISTRATOR }));
    await hands.longAgo(async () => {
      await user('victim');
      await attach('victim');
      await user('mine');
    });
    const requests = await hands.withinTheDelay(async () => {
      await attach('mine');
      await rename('mine', 'mine-now');
      await rename('victim', 'mine');
    });
    expect([await attached('mine'), await attached('mine-now')]).toEqual([1, 0]);
    await hands.denyAll(requests);
    expect([await attached('mine'), await attached('mine-now')]).toEqual([1, 0]);
  });

  play('counts for groups too', async (hands) => {
    const { guard, attached } = hands;
    const group = (GroupName: string) => guard.iam.send(new CreateGroupCommand({ GroupName }));
    const attach = (GroupName: string) =>
      guard.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: ADMINISTRATOR }));
    const rename = (GroupName: string, NewGroupName: string) =>
      guard.iam.send(new UpdateGroupCommand({ GroupName, NewGroupName }));
    await hands.longAgo(async () => {
      await group('victims');
      await attach('victims');
      await group('ours');
    });
    const requests = await hands.withinTheDelay(async () => {
      await attach('ours');
      await rename('ours', 'ours-now');
      await rename('victims', 'ours');
    });
    expect([await attached('ours'), await attached('ours-now')]).toEqual([1, 0]);
    await hands.denyAll(requests);
    expect([await attached('ours'), await attached('ours-now')]).toEqual([1, 0]);
  });
});

/** What has the name once it is given up. */
const LEFT_BEHIND: Readonly<Record<string, (hands: Hands) => Promise<unknown>>> = {
  'to nobody': async () => undefined,
  'to somebody who holds nothing': ({ rename }) => rename('victim', 'mine'),
  'to somebody with a harmless policy of the same name': async ({ guard, rename }) => {
    const harmless = { UserName: 'victim', PolicyName, PolicyDocument: HARMLESS };
    await guard.iam.send(new PutUserPolicyCommand(harmless));
    await rename('victim', 'mine');
  },
};

describe.concurrent('a name that is left by a user whom no sweep has seen', () => {
  for (const [title, handOn] of Object.entries(LEFT_BEHIND)) {
    play(`${title}, keeps no grant, also where the event of it comes last`, async (hands) => {
      const { guard, user, put, rename, text } = hands;
      await hands.longAgo(() => user('victim'));
      await hands.unheard(async () => {
        await user('mine');
        await put('mine');
        await rename('mine', 'mine-now');
        await handOn(hands);
      });
      const left = await text('mine');
      const change = { userName: 'mine', policyName: PolicyName, policyDocument: GRANT };
      const event = told('PutUserPolicy', change);
      const leaves = told('UpdateUser', { userName: 'mine', newUserName: 'mine-now' });
      const takesIt = told('UpdateUser', { userName: 'victim', newUserName: 'mine' });
      // Each comes once nothing is done about the one before any more.
      for (const each of [event, takesIt, leaves]) await hands.start(each);
      expect(await hands.open()).toEqual([]);
      await guard.post('/api/reconcile', {});
      await guard.settled();
      expect(await text('mine-now')).not.toContain('Allow');
      expect(await text('mine')).toBe(left);
      const requests = await hands.open();
      expect(requests).toHaveLength(1);
      // By this very event, not by what a sweep has found.
      expect(requests[0]?.change.eventId).toBe(event.detail.eventID);
      await hands.denyAll(requests);
      expect(await text('mine-now')).toBeUndefined();
      expect(await text('mine')).toBe(left);
      expect(guard.failures).toEqual([]);
    });
  }
});

describe.concurrent('whoever makes up the event of a new name', () => {
  play(
    'takes nothing from somebody who held the same before, whatever that one is called by now',
    async (hands) => {
      const { user, put, rename, text } = hands;
      await hands.longAgo(async () => {
        await user('victim');
        await put('victim');
      });
      await rename('victim', 'victim-now');
      await hands.guard.settled();
      await hands.start(told('UpdateUser', { userName: 'mine', newUserName: 'victim-now' }));
      await user('mine');
      await put('mine');
      await hands.guard.settled();
      expect(await text('victim-now')).toBe(GRANT);
      expect(await text('mine')).not.toContain('Allow');
      await hands.denyAll(await hands.open());
      expect(await text('victim-now')).toBe(GRANT);
      expect(await text('mine')).toBeUndefined();
    },
  );

  play('takes nothing by a unique id either', async (hands) => {
    const { user, put, text } = hands;
    await hands.longAgo(async () => {
      await user('victim');
      await put('victim');
    });
    const victim = await hands.guard.iam.send(new GetUserCommand({ UserName: 'victim' }));
    const holderId = victim.User?.UserId;
    expect(holderId).toMatch(/^AIDA/);
    const requests = await hands.start({
      ...told('PutUserPolicy', { userName: 'mine', policyName: PolicyName, policyDocument: GRANT }),
      padded: { policyName: PolicyName, userName: 'mine', holderId },
    });
    expect(await text('victim')).toBe(GRANT);
    expect(requests).toEqual([]);
  });

  play('keeps no grant by it', async (hands) => {
    const { user, put, rename, text } = hands;
    await hands.longAgo(async () => {
      await user('victim');
      await put('victim');
      await user('mine');
    });
    await hands.unheard(() => rename('victim', 'victim-now'));
    await hands.start(
      told('UpdateUser', { userName: 'mine', newUserName: 'victim-now' }),
      told('UpdateUser', { userName: 'victim', newUserName: 'mine' }),
    );
    await put('mine');
    await hands.guard.settled();
    expect(await text('mine')).not.toContain('Allow');
    expect(await text('victim-now')).toBe(GRANT);
    await hands.denyAll(await hands.open());
    expect(await text('mine')).toBeUndefined();
    expect(await text('victim-now')).toBe(GRANT);
  });
});
