import {
  CreatePolicyVersionCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, forge, LATE, start } from '../support/forged-events.ts';
import {
  ADA,
  BAD,
  DEVON,
  type GuardedSandbox,
  HARMLESS,
  MARGARET,
  withinSandbox,
} from '../support/guarded-sandbox.ts';

/** CloudTrail's event history is there at once, so half an hour of patience would only be waited for. */
const SOON = { CONFIRM_SECONDS: '1' };

/** As long as CloudTrail's patience, which counts from when a request was recorded. */
const patience = () => new Promise((resolve) => setTimeout(resolve, 1_100));

const reconcile = (guard: GuardedSandbox) => guard.post('/api/reconcile', {});

const requestsAbout = async (guard: GuardedSandbox, arn: string) =>
  (await guard.state()).requests.filter(({ policyArn }) => policyArn === arn);

const read = async (guard: GuardedSandbox, { id }: RequestState) =>
  (await guard.state()).requests.find((request) => request.id === id);

const told = (guard: GuardedSandbox) =>
  guard.until('what is told loudly', ({ slack }) =>
    slack.messages.find(({ text }) => text.includes('was told of a change in a false name')),
  );

/** A policy that somebody has approved, and that is in force. */
async function approved(guard: GuardedSandbox): Promise<RequestState> {
  const arn = await guard.create();
  const request = await guard.asked(({ policyArn }) => policyArn === arn);
  await guard.click(request, 'approve', ADA);
  await guard.ended(request.id);
  return request;
}

/** The event of somebody else, from before it was approved. */
function eventBefore({ policyArn, change }: RequestState, userName: string): object {
  const event = eventOf(policyArn ?? '', userName);
  return { ...event, detail: { ...event.detail, eventTime: change.eventTime } };
}

describe.concurrent('an event that CloudTrail holds', () => {
  test('is confirmed, and nothing else happens', () =>
    withinSandbox(SOON, async (guard) => {
      const arn = await guard.create();
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await reconcile(guard)).toMatchObject({ confirmed: 1 });
      expect(await reconcile(guard)).toMatchObject({ confirmed: 0 });
      const now = await read(guard, request);
      expect(now).toMatchObject({ status: 'pending', confirmed: expect.any(String), approvalsNeeded: 1 });
      expect(now?.refuted).toBeUndefined();
    }));
});

describe.concurrent('a name that CloudTrail does not confirm', () => {
  test('is dropped: forging every approver’s name locks nothing, and who did it is told', () =>
    withinSandbox(SOON, async (guard) => {
      const arn = await guard.create();
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      for (const name of ['ada.lovelace', 'grace.hopper', 'margaret.hamilton', 'dana']) {
        await start(guard, eventOf(arn, name));
      }
      await guard.until('all names', ({ requests }) =>
        requests.find(({ id, alsoNamed }) => id === request.id && alsoNamed?.length === 4),
      );
      expect((await guard.click(request, 'approve', ADA)).ephemeral).toHaveLength(1);
      await patience();
      await reconcile(guard);
      expect((await told(guard)).text).toContain('<!channel>');
      expect(JSON.stringify(await told(guard))).toContain('developer (IAM user), from ');
      expect(await read(guard, request)).toMatchObject({
        requester: { slackUserId: DEVON },
        approvalsNeeded: 1,
      });
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('is dropped where it bears the id of another’s event', () =>
    withinSandbox({}, async (guard) => {
      const arn = await guard.create({ caller: 'margaret' });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await start(guard, eventOf(arn, 'ada.lovelace', request.change.eventId));
      await guard.until('the other name', ({ requests }) =>
        requests.find(({ id, alsoNamed }) => id === request.id && alsoNamed?.length === 1),
      );
      await reconcile(guard);
      expect((await guard.click(request, 'approve', MARGARET)).ephemeral).toHaveLength(1);
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('does not free whoever has forged it: the event that EventBridge never brought names them', () =>
    withinSandbox({ ...LATE, ...SOON }, async (guard) => {
      const forged = await forge(guard);
      await patience();
      await reconcile(guard);
      await guard.until('the maker', ({ requests }) =>
        requests.find(({ id, alsoNamed }) => id === forged.id && alsoNamed?.[0]?.match.status === 'matched'),
      );
      expect((await guard.click(forged, 'approve', MARGARET)).ephemeral).toHaveLength(1);
      expect(await guard.isInForce(forged)).toBe(false);
      expect(JSON.stringify(await told(guard))).toContain('It was made by margaret.hamilton');
    }));

  test('takes out again what its forger has approved, and asks anew', () =>
    withinSandbox({ ...LATE, ...SOON }, async (guard) => {
      const forged = await forge(guard);
      await guard.click(forged, 'approve', MARGARET);
      expect(await guard.ended(forged.id)).toMatchObject({ outcome: 'approved' });
      expect(await guard.isInForce(forged)).toBe(true);
      await patience();
      await reconcile(guard);
      const anew = await guard.asked(
        ({ id, policyArn }) => policyArn === forged.policyArn && id !== forged.id,
      );
      expect(anew.requester).toMatchObject({ status: 'matched', slackUserId: MARGARET });
      expect(await guard.isInForce(anew)).toBe(false);
      expect((await guard.click(anew, 'approve', MARGARET)).ephemeral).toHaveLength(1);
      await reconcile(guard);
      await guard.atRest();
      expect(await guard.isInForce(anew)).toBe(false);
    }));
});

describe.concurrent('what nobody has changed', () => {
  test('is put back where a forged event had it taken out, and stays approved', () =>
    withinSandbox(SOON, async (guard) => {
      const first = await approved(guard);
      await start(guard, eventBefore(first, 'eve'));
      const forged = await guard.asked(
        ({ id, policyArn }) => policyArn === first.policyArn && id !== first.id,
      );
      expect(await guard.isInForce(forged)).toBe(false);
      await patience();
      await reconcile(guard);
      expect(await guard.ended(forged.id)).toMatchObject({ outcome: 'unfounded' });
      await guard.settled();
      expect(await guard.isInForce(forged)).toBe(true);
      expect(JSON.stringify(await told(guard))).toContain('Nobody had changed anything');
      expect(await requestsAbout(guard, first.policyArn ?? '')).toHaveLength(2);
    }));

  test('stays out of force while CloudTrail does not show what the guard itself has done', () =>
    withinSandbox(SOON, async (guard) => {
      const first = await approved(guard);
      await guard.post('/api/faults', { eventHistoryDelayMs: 900_000 });
      await start(guard, eventBefore(first, 'eve'));
      const forged = await guard.asked(
        ({ id, policyArn }) => policyArn === first.policyArn && id !== first.id,
      );
      await patience();
      await reconcile(guard);
      await guard.settled();
      const now = await read(guard, forged);
      expect(now).toMatchObject({ status: 'pending' });
      expect(now?.refuted).toBeUndefined();
      expect(await guard.isInForce(forged)).toBe(false);
    }));
});

/** Somebody makes a change of which CloudTrail's history shows nothing under the name that a forged event tells. */
type Hidden = (guard: GuardedSandbox) => Promise<{ forged: object; policyArn?: string; user?: string }>;

const PADDED = BAD.replace('{', `{${' '.repeat(120_000)}`);

const put = (userName: string, policyDocument: string) => ({
  eventName: 'PutUserPolicy',
  requestParameters: { userName, policyName: 'grant', policyDocument },
  responseElements: null,
});

const HIDDEN: Readonly<Record<string, Hidden>> = {
  'a padded inline policy': async ({ iam }) => {
    const grant = { UserName: 'hidden', PolicyName: 'grant', PolicyDocument: PADDED };
    await iam.send(new CreateUserCommand(grant));
    await iam.send(new PutUserPolicyCommand(grant));
    return { forged: put('hidden', PADDED), user: 'hidden' };
  },
  'an inline policy of a user that is renamed': async ({ iam }) => {
    const grant = { UserName: 'hidden', PolicyName: 'grant', PolicyDocument: BAD };
    await iam.send(new CreateUserCommand(grant));
    await iam.send(new PutUserPolicyCommand(grant));
    await iam.send(new UpdateUserCommand({ ...grant, NewUserName: 'renamed' }));
    return { forged: put('renamed', BAD), user: 'renamed' };
  },
  'a padded version': async (guard) => {
    const PolicyArn = await guard.create({ name: 'hidden', document: HARMLESS });
    const version = { PolicyArn, PolicyDocument: PADDED, SetAsDefault: true };
    await guard.iam.send(new CreatePolicyVersionCommand(version));
    const forged = {
      eventName: 'CreatePolicyVersion',
      requestParameters: { policyArn: PolicyArn, policyDocument: PADDED, setAsDefault: true },
      responseElements: { policyVersion: { versionId: 'v2', isDefaultVersion: true } },
    };
    return { forged, policyArn: PolicyArn };
  },
};

describe.concurrent('what somebody has changed, and who tells of it in another’s name', () => {
  test.each(Object.entries(HIDDEN))('waits for people: %s', (_way, hide) =>
    withinSandbox({ ...SOON, SANDBOX_CLOUDTRAIL_DELAY_MS: '2500' }, async (guard) => {
      await guard.post('/api/reconcile', {});
      const { forged, policyArn, user } = await hide(guard);
      const { detail, ...envelope } = eventOf(policyArn ?? '', 'margaret.hamilton');
      await start(guard, { ...envelope, detail: { ...detail, ...forged } });
      const request = await guard.asked(({ change }) =>
        [policyArn, user].some((name) => name !== undefined && JSON.stringify(change.target).includes(name)),
      );
      // The genuine event, and what came of it.
      await guard.until('that nothing is on its way', ({ executions }) =>
        executions.length >= 3 ? true : undefined,
      );
      await guard.atRest();
      for (let round = 0; round < 3; round++) {
        await patience();
        await reconcile(guard);
        await guard.atRest();
      }
      const now = await read(guard, request);
      expect(now).toMatchObject({ status: 'pending' });
      expect(now?.alsoNamed).toMatchObject([{ requester: { label: expect.stringContaining('developer') } }]);
      const { entities, policies } = await guard.state();
      const documents = [
        ...(entities.find(({ name }) => name === user)?.inlinePolicies ?? []),
        ...(policies.find(({ arn }) => arn === policyArn)?.versions.filter(({ isDefault }) => isDefault) ??
          []),
      ].map(({ document }) => document);
      expect(documents).toHaveLength(1);
      expect(documents.filter((document) => document.includes('s3:DeleteBucket'))).toEqual([]);
    }),
  );
});

const OLD_POLICY = 'arn:aws:iam::123456789012:policy/old-policy-1';

describe.concurrent('what stood there before the guard', () => {
  test.each([
    ['a version', 'SetDefaultPolicyVersion', { policyArn: OLD_POLICY, versionId: 'v1' }],
    ['an attachment', 'AttachUserPolicy', { policyArn: OLD_POLICY, userName: 'old-user-1' }],
  ])(
    'is put back where a forged event had it taken out, whenever that says that it was made: %s',
    (_what, eventName, requestParameters) =>
      withinSandbox(SOON, async (guard) => {
        await guard.post('/api/account', { policies: 3, principals: 3, restricted: 2, recent: 3 });
        await reconcile(guard);
        const before = await guard.state();
        const { detail, ...envelope } = eventOf(OLD_POLICY, 'eve');
        const forged = { eventName, requestParameters, responseElements: null };
        await start(guard, {
          ...envelope,
          detail: { ...detail, ...forged, eventTime: '2020-01-01T00:00:00Z' },
        });
        const request = await guard.asked(({ change }) => change.eventName === eventName);
        await patience();
        await reconcile(guard);
        expect(await guard.ended(request.id)).toMatchObject({ outcome: 'unfounded' });
        await guard.settled();
        const after = await guard.state();
        const inForce = ({ policies }: typeof after) =>
          policies.find(({ arn }) => arn === OLD_POLICY)?.versions.find(({ isDefault }) => isDefault)
            ?.document;
        const held = ({ entities }: typeof after) => entities.find(({ name }) => name === 'old-user-1');
        expect(inForce(after)).toBe(inForce(before));
        expect(held(after)).toEqual(held(before));
      }),
  );
});

describe.concurrent('while CloudTrail', () => {
  test.each([
    ['does not show an event yet', { eventHistoryDelayMs: 900_000 }, {}],
    ['is away', { eventHistory: 'down' }, SOON],
  ])('%s, every name counts', (_, faults, settings) =>
    withinSandbox(settings, async (guard) => {
      const arn = await guard.create();
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await guard.post('/api/faults', faults);
      await start(guard, eventOf(arn, 'ada.lovelace'));
      await guard.until('the other name', ({ requests }) =>
        requests.find(({ id, alsoNamed }) => id === request.id && alsoNamed?.length === 1),
      );
      await patience();
      await reconcile(guard);
      expect((await guard.click(request, 'approve', ADA)).ephemeral).toHaveLength(1);
      const now = await read(guard, request);
      expect(now?.confirmed).toBeUndefined();
      expect(now?.alsoNamed?.[0]?.refuted).toBeUndefined();
    }),
  );
});
