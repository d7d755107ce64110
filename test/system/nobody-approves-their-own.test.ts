import { randomBytes } from 'node:crypto';
import {
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventOf, forge, LATE, start } from '../support/forged-events.ts';
import {
  ADA,
  BAD,
  DANA,
  DEVON,
  GRACE,
  type GuardedSandbox,
  MARGARET,
  startGuardedSandbox,
  withinSandbox,
} from '../support/guarded-sandbox.ts';
import { holdableHandlers } from '../support/holdable.ts';
import { subscribe } from '../support/topic.ts';

/** The e-mails to one address that are about a request. */
const mailsTo = async (guard: GuardedSandbox, address: string) =>
  (await guard.state()).emails.filter(
    ({ to, subject }) => to === address && subject.startsWith('Policy Guard'),
  );

const decisionLinks = (text: string) => text.match(/^(Approve|Deny): /gm);

describe.concurrent('a stranger on the topic', () => {
  test('gets no link to approve, nor does the administrator, who reads why', () =>
    withinSandbox({}, async (guard) => {
      await subscribe(guard, 'mallory@example.net');
      await guard.post('/api/faults', { slack: 'down' });
      await guard.create();
      const mail = await guard.until('the e-mail', ({ emails }) =>
        emails.find(({ to, subject }) => to === 'security@example.com' && subject.includes('decide about')),
      );
      expect(decisionLinks(mail.text)).toEqual(['Deny: ']);
      expect(mail.text.replace(/\s+/g, ' ')).toContain('it goes to others than ADMIN_EMAIL too: mallory@');
      for (const { text } of await mailsTo(guard, 'mallory@example.net')) {
        expect(decisionLinks(text)).toEqual(['Deny: ']);
      }
    }));

  test('is named by the doctor', () =>
    withinSandbox({}, async (guard) => {
      await subscribe(guard, 'mallory@example.net');
      expect(JSON.stringify(await guard.command('doctor'))).toContain(
        'Others than ADMIN_EMAIL get the e-mails',
      );
    }));

  test('gets nothing from the e-mail that nobody has decided, while Slack works', () =>
    withinSandbox({ ADMIN_EMAIL_SECONDS: '1' }, async (guard) => {
      await guard.create();
      const mail = await guard.until('the e-mail', ({ emails }) =>
        emails.find(({ subject }) => subject.includes('nobody has decided')),
      );
      expect(decisionLinks(mail.text)).toEqual(['Deny: ']);
      expect(mail.text.replace(/\s+/g, ' ')).toContain('because Slack works');
    }));
});

describe.concurrent('the administrator alone', () => {
  test('gets a link to approve when Slack is down', () =>
    withinSandbox({}, async (guard) => {
      await guard.post('/api/faults', { slack: 'down' });
      await guard.create();
      const mail = await guard.until('the e-mail', ({ emails }) =>
        emails.find(({ subject }) => subject.includes('decide about')),
      );
      expect(decisionLinks(mail.text)).toEqual(['Approve: ', 'Deny: ']);
    }));
});

describe('a forged start', () => {
  test('does not let its maker approve: the genuine event names her too, and she is excluded at once', () =>
    withinSandbox(LATE, async (guard) => {
      const request = await forge(guard);
      await start(guard, eventOf(request.policyArn ?? '', 'margaret.hamilton'));
      const told = await guard.until('the other name', ({ slack }) =>
        slack.messages.find(
          ({ threadTs, text }) => threadTs === request.slack?.ts && text.includes('Another event names'),
        ),
      );
      expect(told.text).toContain('<!channel>');
      expect(told.text).toContain('margaret.hamilton');
      const { ephemeral } = await guard.click(request, 'approve', MARGARET);
      expect(JSON.stringify(ephemeral)).toContain('Look up in CloudTrail which is true');
      expect(await guard.isInForce(request)).toBe(false);
      expect(JSON.stringify(await guard.message(request))).toContain('events name 2 makers');
      await guard.click(request, 'approve', ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('is asked about anew where its maker had approved already: the grant is out of force again', () =>
    withinSandbox(LATE, async (guard) => {
      const forged = await forge(guard);
      await guard.click(forged, 'approve', MARGARET);
      expect(await guard.ended(forged.id)).toMatchObject({ outcome: 'approved' });
      await start(guard, eventOf(forged.policyArn ?? '', 'margaret.hamilton'));
      const anew = await guard.asked(
        ({ id, policyArn }) => policyArn === forged.policyArn && id !== forged.id,
      );
      expect(anew.requester).toMatchObject({ status: 'matched', slackUserId: MARGARET });
      expect(await guard.isInForce(anew)).toBe(false);
      expect((await guard.click(anew, 'approve', MARGARET)).ephemeral).toHaveLength(1);
      expect(await guard.isInForce(anew)).toBe(false);
    }));

  test('puts nothing back between the quarantine of the genuine event and the moment the ledger has it', async () => {
    const { hold, handlers } = holdableHandlers();
    const guard = await startGuardedSandbox(LATE, handlers);
    try {
      const forged = await forge(guard);
      const recording = hold('record');
      await start(guard, eventOf(forged.policyArn ?? '', 'margaret.hamilton'));
      await recording.entered;
      const restoring = hold('restore');
      await guard.click(forged, 'approve', MARGARET);
      await restoring.entered;
      restoring.release();
      // As long as it would take to put it back.
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await guard.isInForce(forged)).toBe(false);
      recording.release();
      expect(await guard.ended(forged.id)).toMatchObject({ outcome: 'superseded' });
      const anew = await guard.asked(
        ({ id, policyArn }) => policyArn === forged.policyArn && id !== forged.id,
      );
      expect(anew.requester).toMatchObject({ status: 'matched', slackUserId: MARGARET });
      expect(await guard.isInForce(anew)).toBe(false);
    } finally {
      await guard.stop();
    }
  });

  test('with the id of the genuine event does not pass for it, whichever comes first', () =>
    withinSandbox({}, async (guard) => {
      const arn = await guard.create({ caller: 'margaret' });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await start(guard, eventOf(arn, 'ada.lovelace', request.change.eventId));
      await guard.until('the other name', ({ slack }) =>
        slack.messages.find(({ text }) => text.includes('Another event names')),
      );
      for (const person of [MARGARET, ADA]) {
        expect((await guard.click(request, 'approve', person)).ephemeral).toHaveLength(1);
      }
      expect(await guard.isInForce(request)).toBe(false);
    }));

  test('in the name of every approver locks nothing: it says so, and anybody on the list may deny', () =>
    withinSandbox({}, async (guard) => {
      const arn = await guard.create();
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      for (const name of ['ada.lovelace', 'grace.hopper', 'margaret.hamilton', 'dana']) {
        await start(guard, eventOf(arn, name));
      }
      await guard.until('that nobody is left', ({ slack }) =>
        slack.messages.find(({ text }) => text.includes('No approver is left')),
      );
      for (const person of [ADA, GRACE, MARGARET, DANA]) {
        expect((await guard.click(request, 'approve', person)).ephemeral).toHaveLength(1);
      }
      await guard.deny(request, ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    }));
});

const NAMED = { FRESH_REQUESTER_SECONDS: '86400' };

describe.concurrent('a name that can be made', () => {
  test('proves nothing while the user is new: two approvers, and neither is the person of that name', () =>
    withinSandbox(NAMED, async (guard) => {
      const arn = await guard.create({ caller: 'margaret' });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(request).toMatchObject({
        requester: {
          status: 'unmatched',
          claims: MARGARET,
          why: expect.stringContaining('made only just now'),
        },
        approvalsNeeded: 2,
      });
      expect((await guard.click(request, 'approve', MARGARET)).ephemeral).toHaveLength(1);
      await guard.click(request, 'approve', ADA);
      await guard.settled();
      expect(await guard.isInForce(request)).toBe(false);
      await guard.click(request, 'approve', GRACE);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    }));

  test('may be that of every approver: it says that nobody is left, calls the channel thrice at most, and may be denied', () =>
    withinSandbox(NAMED, async (guard) => {
      const root = guard.iamAs('root');
      await root.send(new CreateGroupCommand({ GroupName: 'locked' }));
      const write = (iam: IAMClient) =>
        iam.send(new PutGroupPolicyCommand({ GroupName: 'locked', PolicyName: 'p', PolicyDocument: BAD }));
      await write(guard.iam);
      const request = await guard.asked(({ change }) => JSON.stringify(change.target).includes('locked'));
      for (const UserName of ['ada.lovelace', 'grace.hopper', 'margaret.hamilton', 'dana']) {
        await root.send(new CreateUserCommand({ UserName })).catch(() => undefined);
        const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName }));
        await write(
          new IAMClient({
            ...{ endpoint: guard.sandbox.aws, region: 'us-east-1' },
            credentials: {
              accessKeyId: AccessKey?.AccessKeyId ?? '',
              secretAccessKey: AccessKey?.SecretAccessKey ?? '',
            },
          }),
        );
        await guard.settled();
      }
      const { messages } = (await guard.state()).slack;
      const named = messages.filter(({ text }) => text.includes('Another event names'));
      expect(named).toHaveLength(4);
      expect(named.filter(({ text }) => text.includes('<!channel>'))).toHaveLength(3);
      expect(named.at(-1)?.text).toContain('No approver is left who may approve');
      for (const person of [ADA, GRACE, MARGARET, DANA]) {
        expect((await guard.click(request, 'approve', person)).ephemeral).toHaveLength(1);
      }
      await guard.deny(request, ADA);
      expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    }));

  test('proves what it always did for a person of Identity Center, who has no such user', () =>
    withinSandbox(NAMED, async (guard) => {
      const arn = await guard.create({ caller: 'dana' });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      expect(request).toMatchObject({
        requester: { status: 'matched', slackUserId: DANA },
        approvalsNeeded: 1,
      });
    }));
});

describe('a name that is borrowed for one call', () => {
  let guard: GuardedSandbox;
  let dana: IAMClient;

  beforeAll(async () => {
    guard = await startGuardedSandbox({
      FRESH_REQUESTER_SECONDS: '1',
      // Time enough to wipe out the traces.
      SANDBOX_CLOUDTRAIL_DELAY_MS: '1000',
    });
    dana = guard.iamAs('dana');
    await guard.held();
    // CloudTrail tells whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_100));
  });

  afterAll(() => guard.stop());

  /** Dana, who is an approver, makes a key for somebody. */
  async function keyFor(UserName: string) {
    const { AccessKey } = await dana.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = '', SecretAccessKey: secretAccessKey = '' } = AccessKey ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey };
    const client = new IAMClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
    return {
      create: async () => {
        const PolicyName = `by-${UserName}-${randomBytes(4).toString('hex')}`;
        const made = await client.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: BAD }));
        return made.Policy?.Arn ?? '';
      },
      remove: (of = UserName) => dana.send(new DeleteAccessKeyCommand({ UserName: of, AccessKeyId })),
    };
  }

  const rename = (UserName: string, NewUserName: string) =>
    dana.send(new UpdateUserCommand({ UserName, NewUserName }));

  /** Dana writes a policy by a user of her own that has the developer's name meanwhile. */
  async function borrow(
    mine: string,
    giveBack: (key: Awaited<ReturnType<typeof keyFor>>) => Promise<unknown>,
  ) {
    await dana.send(new CreateUserCommand({ UserName: mine }));
    const key = await keyFor(mine);
    await rename('developer', 'away');
    await rename(mine, 'developer');
    const arn = await key.create();
    await giveBack(key);
    await rename('away', 'developer');
    return arn;
  }

  async function expectUnproven(arn: string, why: string): Promise<void> {
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    expect(request).toMatchObject({
      requester: { status: 'unmatched', claims: DEVON, why: expect.stringContaining(why) },
      approvalsNeeded: 2,
    });
    await guard.click(request, 'approve', DANA);
    await guard.settled();
    expect(await guard.isInForce(request)).toBe(false);
  }

  test('proves nothing by a key that is deleted again', async () => {
    const key = await keyFor('developer');
    const arn = await key.create();
    await key.remove();
    await expectUnproven(arn, 'none of the user’s any more');
  });

  test('proves nothing by a user who is called otherwise again', async () => {
    const arn = await borrow('mine', () => rename('developer', 'mine'));
    await expectUnproven(arn, 'another user’s than the one that made the call');
  });

  test('proves nothing by a user who is deleted again', async () => {
    const arn = await borrow('mine-too', async (key) => {
      await key.remove('developer');
      await dana.send(new DeleteUserCommand({ UserName: 'developer' }));
    });
    await expectUnproven(arn, 'another user’s than the one that made the call');
  });

  test('is told apart from an event that was started by hand in that name, with the developer’s own key', async () => {
    const key = await keyFor('developer');
    const arn = await key.create();
    await key.remove();
    const { User } = await guard.iam.send(new GetUserCommand({ UserName: 'developer' }));
    const event = eventOf(arn, 'developer');
    const own = { principalId: User?.UserId ?? '', accessKeyId: 'AKIADEVELOPEREXAMPLE' };
    Object.assign(event.detail.userIdentity, own);
    await start(guard, event);
    const told = await guard.until('the other credentials', ({ slack }) =>
      slack.messages.find(({ text }) => text.includes('but with other credentials')),
    );
    expect(told.text).toContain('developer (IAM user) too');
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    expect(request).toMatchObject({
      requester: { status: 'matched' },
      alsoNamed: [{ match: { status: 'unmatched', claims: DEVON } }],
      approvalsNeeded: 2,
    });
    await guard.click(request, 'approve', DANA);
    await guard.settled();
    expect(await guard.isInForce(request)).toBe(false);
  });

  test('is the developer’s again for the developer: one approver is enough', async () => {
    const request = await guard.held();
    expect(request).toMatchObject({
      requester: { status: 'matched', slackUserId: DEVON },
      approvalsNeeded: 1,
    });
    await guard.click(request, 'approve', DANA);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});
