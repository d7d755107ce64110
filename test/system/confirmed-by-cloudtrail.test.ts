import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { eventOf, forge, LATE, start } from '../support/forged-events.ts';
import { ADA, DEVON, type GuardedSandbox, MARGARET, withinSandbox } from '../support/guarded-sandbox.ts';

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
