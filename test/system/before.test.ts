import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { type GuardedSandbox, granting, withinSandbox } from '../support/guarded-sandbox.ts';

const HARMLESS = granting('s3:GetObject');
const ALSO_HARMLESS = granting('ec2:DescribeInstances');
const BAD = granting('s3:DeleteBucket');
const WORSE = granting('s3:*');
const MINE = { UserName: 'alice', PolicyName: 'mine' };
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const sweep = (guard: GuardedSandbox) => guard.post('/api/reconcile', {});
const lose = (guard: GuardedSandbox, events: 'down' | 'up') => guard.post('/api/faults', { events });
const put = (guard: GuardedSandbox, document: string) =>
  guard.iam.send(new PutUserPolicyCommand({ ...MINE, PolicyDocument: document }));
const askedAbout = (guard: GuardedSandbox, eventName: string, not: readonly string[] = []) =>
  guard.asked(({ id, change }) => change.eventName === eventName && !not.includes(id));

/** Waits until an event has been judged and whatever follows from it is done. */
async function heard(guard: GuardedSandbox, make: () => Promise<unknown>): Promise<void> {
  const before = (await guard.state()).executions.length;
  await make();
  await guard.until('its event', ({ executions }) => (executions.length > before ? true : undefined));
  await guard.settled();
}

/** All pages of Details. */
async function details(guard: GuardedSandbox, request: RequestState): Promise<string> {
  let { view } = await guard.click(request, 'details');
  const pages: string[] = [];
  for (let count = 0; count < 10 && view !== null; count++) {
    pages.push(JSON.stringify(view));
    ({ view } = await guard.clickIn(view, 'details_page_next'));
  }
  return pages.join('\n');
}

/** A user with an inline policy that the first run has found. */
async function withStock(guard: GuardedSandbox, document: string): Promise<void> {
  await lose(guard, 'down');
  await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
  await put(guard, document);
  await sweep(guard);
  await lose(guard, 'up');
}

const within = (play: (guard: GuardedSandbox) => Promise<void>) => () =>
  withinSandbox({ SWEEP_SETTLE_SECONDS: '1', RESTRICTED_ACTIONS: 's3:Delete*, iam:*' }, play);

describe.concurrent('what stood there before', () => {
  test(
    'is back while a request waits, is compared with in Details, and stays when it is denied',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await put(guard, BAD);
      const request = await askedAbout(guard, 'PutUserPolicy');
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
      const message = JSON.stringify(await guard.message(request));
      expect(message).toMatch(/as it stood since .*, nothing restricted; in force again now/);
      expect(message).toContain('+1 −1 statements');
      expect(await details(guard, request)).toMatch(/- .*s3:GetObject/);
      await guard.deny(request);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
    }),
  );

  test(
    'is known of an event, without a sweep in between',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await heard(guard, () => put(guard, ALSO_HARMLESS));
      await put(guard, BAD);
      await askedAbout(guard, 'PutUserPolicy');
      expect(await guard.inlineText(MINE)).toBe(ALSO_HARMLESS);
    }),
  );

  test(
    'is nothing that has been deleted, nor what another user of the same name had',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await heard(guard, () => guard.iam.send(new DeleteUserPolicyCommand(MINE)));
      await put(guard, BAD);
      const first = await askedAbout(guard, 'PutUserPolicy');
      expect(JSON.stringify(await guard.message(first))).toContain('nothing; a placeholder');
      await guard.deny(first);
      await guard.ended(first.id);
      await put(guard, HARMLESS);
      await lose(guard, 'down');
      await guard.iam.send(new DeleteUserPolicyCommand(MINE));
      await guard.iam.send(new DeleteUserCommand({ UserName: 'alice' }));
      await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
      await lose(guard, 'up');
      await put(guard, WORSE);
      await askedAbout(guard, 'PutUserPolicy', [first.id]);
      expect(await guard.inlineText(MINE)).toContain('none:null');
    }),
  );

  test(
    'is the version that was in force, also where a change went back to an older one',
    within(async (guard) => {
      const { Policy } = await guard.iam.send(
        new CreatePolicyCommand({ PolicyName: 'versions', PolicyDocument: HARMLESS }),
      );
      const PolicyArn = Policy?.Arn ?? '';
      const version = (PolicyDocument: string, SetAsDefault: boolean) =>
        guard.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault }));
      await version(BAD, false);
      await version(ALSO_HARMLESS, true);
      await sweep(guard);
      await guard.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
      const request = await askedAbout(guard, 'SetDefaultPolicyVersion');
      expect(await guard.inForce(PolicyArn)).toBe('v3');
      expect(JSON.stringify(await guard.message(request))).toContain(
        'v3, nothing restricted; in force again now',
      );
    }),
  );
});

describe.concurrent('nobody chooses what comes back', () => {
  test(
    'a harmless one whose event is lost is not known, and what the inventory knew comes back',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await lose(guard, 'down');
      await put(guard, ALSO_HARMLESS);
      await lose(guard, 'up');
      await put(guard, BAD);
      await askedAbout(guard, 'PutUserPolicy');
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
    }),
  );

  test(
    'a forged event teaches the inventory nothing',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await heard(guard, () => put(guard, HARMLESS));
      const { executions } = await guard.state();
      const { account, detail } = JSON.parse(guard.sandbox.inputText(executions[0]?.arn ?? ''));
      const forged = { ...detail.requestParameters, policyDocument: granting('ec2:*') };
      await heard(guard, async () =>
        guard.sandbox.redeliver({
          account,
          detail: { ...detail, eventID: 'forged', requestParameters: forged },
        }),
      );
      await put(guard, BAD);
      await askedAbout(guard, 'PutUserPolicy');
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
    }),
  );

  test(
    'a forged event about what was never in force is asked about by nobody, and never put back',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await put(guard, BAD);
      const request = await askedAbout(guard, 'PutUserPolicy');
      const { account, detail } = JSON.parse(guard.sandbox.inputText(request.executionArn));
      const forged = { ...detail.requestParameters, policyDocument: granting('iam:*') };
      const event = { account, detail: { ...detail, eventID: 'forged', requestParameters: forged } };
      await heard(guard, async () => guard.sandbox.redeliver(event));
      const { requests, executions } = await guard.state();
      expect(requests.map(({ id }) => id)).toEqual([request.id]);
      expect(executions.map(({ outcome }) => outcome)).toContain('superseded');
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
    }),
  );

  test(
    'what an approval put in force comes back while it still counts',
    within(async (guard) => {
      await withStock(guard, HARMLESS);
      await put(guard, BAD);
      const first = await askedAbout(guard, 'PutUserPolicy');
      await guard.click(first, 'approve');
      await guard.ended(first.id);
      await guard.settled();
      await put(guard, WORSE);
      const second = await askedAbout(guard, 'PutUserPolicy', [first.id]);
      expect(await guard.inlineText(MINE)).toBe(BAD);
      expect(JSON.stringify(await guard.message(second))).toContain('exactly as it was approved');
    }),
  );
});

describe.concurrent('what was taken away', () => {
  test(
    'is judged when it comes back after it had ended, for another user of the same name too',
    within(async (guard) => {
      await withStock(guard, BAD);
      await heard(guard, () => guard.iam.send(new DeleteUserPolicyCommand(MINE)));
      await put(guard, BAD);
      const first = await askedAbout(guard, 'PutUserPolicy');
      await guard.deny(first);
      await guard.ended(first.id);
      await guard.settled();
      await heard(guard, () => guard.iam.send(new DeleteUserCommand({ UserName: 'alice' })));
      await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
      await put(guard, BAD);
      await askedAbout(guard, 'PutUserPolicy', [first.id]);
      expect(await guard.inlineText(MINE)).toContain('none:null');
    }),
  );

  test(
    'is judged when a policy comes back that was deleted',
    within(async (guard) => {
      const create = () =>
        guard.iam.send(new CreatePolicyCommand({ PolicyName: 'old', PolicyDocument: BAD }));
      await lose(guard, 'down');
      const { Policy } = await create();
      await sweep(guard);
      await lose(guard, 'up');
      await heard(guard, () => guard.iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn })));
      await create();
      await askedAbout(guard, 'CreatePolicy');
      expect(await guard.inForce(Policy?.Arn ?? '')).not.toBe('v1');
    }),
  );

  test(
    'is judged when it comes back after something else stood there, or was detached in between',
    within(async (guard) => {
      await lose(guard, 'down');
      await guard.iam.send(new CreateUserCommand({ UserName: 'alice' }));
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: ADMINISTRATOR }));
      await put(guard, BAD);
      await sweep(guard);
      await lose(guard, 'up');
      await heard(guard, () =>
        guard.iam.send(new DetachUserPolicyCommand({ UserName: 'alice', PolicyArn: ADMINISTRATOR })),
      );
      await heard(guard, () => put(guard, HARMLESS));
      await put(guard, BAD);
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: ADMINISTRATOR }));
      await askedAbout(guard, 'PutUserPolicy');
      await askedAbout(guard, 'AttachUserPolicy');
      expect(await guard.inlineText(MINE)).toBe(HARMLESS);
    }),
  );
});
