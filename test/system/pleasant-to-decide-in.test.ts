import { AttachUserPolicyCommand, CreatePolicyVersionCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { SlackReply } from '../../infra/sandbox/api/contract.ts';
import {
  ADA,
  BAD,
  DANA,
  DEVON,
  EXTERNAL,
  GRACE,
  GUEST,
  HARMLESS,
  withinSandbox,
} from '../support/guarded-sandbox.ts';

const textOf = (value: unknown) => JSON.stringify(value);
/** Everything that Slack shows privately in answer. */
const shown = ({ ephemeral, view, errors }: SlackReply) => textOf([ephemeral, view, errors]);

describe.concurrent('the message', () => {
  test('says at one glance how bad it is, who asked, until when, and has five buttons', () =>
    withinSandbox(
      { RESTRICTED_ACTIONS: 's3:DeleteBucket severity=critical,s3:DeleteObject severity=low' },
      async (guard) => {
        const request = await guard.held({ name: 'cleanup', caller: 'dana' });
        const message = await guard.message(request);
        expect(textOf(message?.blocks[0])).toContain('CRITICAL · cleanup could delete data');
        expect(message?.text).toMatch(
          /^CRITICAL: cleanup could delete data.* By dana@example.com .*, new policy cleanup\./,
        );
        expect(message?.text).toMatch(/expires in (1 d|23 h 59 min)/);
        const actions = message?.blocks.find(({ type }) => type === 'actions')?.elements as object[];
        expect(actions).toMatchObject([
          { action_id: 'approve', confirm: { confirm: { text: 'Approve' } } },
          { action_id: 'deny' },
          { action_id: 'details' },
          { action_id: 'ask' },
          { action_id: 'look' },
        ]);
        expect(textOf(message)).toContain('<!date^');
      },
    ));

  test('Deny asks for the reason, which is required, and the outcome says it, by whom and how long it took', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      const asked = await guard.click(request, 'deny', GRACE);
      expect((await guard.submit(asked, '  ', GRACE)).errors).not.toBeNull();
      await guard.submit(asked, 'Use the lifecycle rule.', GRACE);
      await guard.ended(request.id);
      await guard.settled();
      const text = textOf(await guard.message(request));
      expect(text).toContain('Denied by Grace Hopper in Slack');
      expect(text).toContain('Use the lifecycle rule.');
      expect(text).toMatch(/took|after/i);
      expect(text).not.toContain('"action_id":"approve"');
      expect(textOf(await guard.thread(request))).toContain('Use the lifecycle rule.');
    }));
});

describe.concurrent('Details', () => {
  test('has the document, the difference, who holds it, the event, earlier requests and links', () =>
    withinSandbox({}, async (guard) => {
      const arn = await guard.create({ name: 'reports', caller: 'dana', document: HARMLESS });
      await guard.iam.send(new AttachUserPolicyCommand({ UserName: 'developer', PolicyArn: arn }));
      await guard.until('both are allowed', ({ executions }) =>
        executions.filter(({ outcome }) => outcome === 'allowed').length === 2 ? true : undefined,
      );
      const version = { PolicyArn: arn, PolicyDocument: BAD, SetAsDefault: true };
      await guard.iamAs('dana').send(new CreatePolicyVersionCommand(version));
      const first = await guard.asked(({ policyArn }) => policyArn === arn);
      await guard.deny(first, ADA, 'Not for reports.');
      await guard.ended(first.id);
      await guard.iamAs('dana').send(new CreatePolicyVersionCommand(version));
      const request = await guard.asked(({ policyArn, id }) => policyArn === arn && id !== first.id);

      const opened = await guard.click(request, 'details');
      const overview = textOf(opened.view);
      for (const told of [
        'user/developer',
        first.id,
        'Not for reports.',
        'console.aws.amazon.com',
        'states/home',
      ]) {
        expect(overview).toContain(told);
      }
      const pages = [overview];
      let view = opened.view;
      for (let count = 0; count < 10 && textOf(view).includes('"text":"Next"'); count++) {
        if (view === null) throw new Error('The modal is gone.');
        const next = await guard.clickIn(view, 'details_page_next');
        if (textOf(next.view) === textOf(view)) break;
        view = next.view;
        pages.push(textOf(view));
      }
      const all = pages.join('\n');
      expect(all).toContain('▶');
      expect(all).toMatch(/\+ .*s3:DeleteBucket/);
      expect(all).toContain('v1, the newest earlier version');
      expect(all).toContain(request.change.eventId);
      expect(all).toContain('CreatePolicyVersion');
    }));

  test('pages a long document, and cuts nothing without saying so', () =>
    withinSandbox({}, async (guard) => {
      const statements = Array.from({ length: 60 }, (_, index) => ({
        Sid: `Statement${index}`,
        Effect: 'Allow',
        Action: index === 59 ? 's3:DeleteBucket' : 's3:GetObject',
        Resource: '*',
      }));
      const document = JSON.stringify({ Version: '2012-10-17', Statement: statements });
      const arn = await guard.create({ name: 'long', document });
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      let { view } = await guard.click(request, 'details');
      const pages: string[] = [];
      for (let count = 0; count < 20; count++) {
        pages.push(textOf(view));
        if (view === null || !textOf(view).includes('details_page_next')) break;
        ({ view } = await guard.clickIn(view, 'details_page_next'));
      }
      const all = pages.join('\n');
      for (const { Sid } of statements) expect(all).toContain(Sid);
      const policyPage = pages.find((page) => page.includes('▶')) ?? '';
      expect(policyPage.indexOf('Statement59')).toBeLessThan(policyPage.indexOf('Statement0'));
    }));

  test('are for the channel and for approvers alone', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      const home = await guard.openHome(DEVON);
      expect(textOf(home.view)).not.toContain('"action_id":"details"');
      const approvers = await guard.openHome(ADA);
      if (approvers.view === null) throw new Error('There is no Home.');
      const opened = await guard.clickIn(approvers.view, 'details', ADA, request.id);
      expect(textOf(opened.view)).toContain('policy');
    }));
});

describe.concurrent('the requester', () => {
  test('is told in a direct message what is held and why, and what was decided', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held({ name: 'cleanup', caller: 'dana' });
      const [told] = await guard.until('a direct message', (state) => {
        const mine = state.slack.messages.filter(
          ({ channel }) => channel === state.slack.directMessages[DANA],
        );
        return mine.length > 0 ? mine : undefined;
      });
      for (const word of ['cleanup', 's3:DeleteBucket', '<!subteam^S0SECURIT>']) {
        expect(textOf(told)).toContain(word);
      }
      await guard.deny(request, ADA, 'Ask the platform team.');
      await guard.ended(request.id);
      await guard.settled();
      const all = textOf(await guard.directMessages(DANA));
      expect(all).toContain('Denied by Ada Lovelace');
      expect(all).toContain('Ask the platform team.');
    }));
});

describe.concurrent('when nobody decides', () => {
  test('reminders mention the approvers at growing intervals, the administrator gets an e-mail, then it expires', () =>
    withinSandbox(
      { REMINDER_SECONDS: '2', ADMIN_EMAIL_SECONDS: '4', REQUEST_TIMEOUT_SECONDS: '13' },
      async (guard) => {
        const request = await guard.held();
        expect(await guard.ended(request.id)).toMatchObject({ outcome: 'expired' });
        await guard.settled();
        const reminders = (await guard.thread(request)).filter(({ text }) => text.includes('Still waiting'));
        expect(reminders).toHaveLength(2);
        for (const reminder of reminders) {
          expect(reminder.broadcast).toBe(true);
          expect(textOf(reminder)).toContain('<!subteam^S0SECURIT>');
        }
        const [first, second] = reminders.map(({ ts }) => Number(ts) - Date.parse(request.createdAt) / 1000);
        // A busy machine is late; early is nobody.
        expect(first).toBeGreaterThan(1.9);
        expect(second).toBeGreaterThan(5.9);
        const { emails } = await guard.state();
        expect(emails.filter(({ subject }) => /nobody has decided/i.test(subject))).toHaveLength(1);
      },
    ));
});

describe.concurrent('/policy-guard', () => {
  test('check says whether an action, a pattern or a pasted policy would be caught, and by which entry', () =>
    withinSandbox({ RESTRICTED_ACTIONS: 's3:Delete*,iam:PassRole' }, async (guard) => {
      expect(shown(await guard.command('check s3:DeleteBucket'))).toContain('s3:Delete*');
      expect(shown(await guard.command('check iam:*'))).toContain('iam:PassRole');
      expect(shown(await guard.command('check ec2:RunInstances'))).toContain('It would be allowed');
      expect(shown(await guard.command(`check ${BAD}`))).toContain('statement 1');
    }));

  test('pending, show, history, help; a mistyped word gets a suggestion', () =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      expect(shown(await guard.command('pending'))).toContain(request.id);
      expect(shown(await guard.command(`show ${request.id}`))).toContain('s3:DeleteBucket');
      await guard.deny(request, ADA, 'No.');
      await guard.ended(request.id);
      const history = shown(await guard.command('history 5'));
      for (const word of [request.id, 'Ada Lovelace', 'No.']) expect(history).toContain(word);
      expect(shown(await guard.command('pendign'))).toContain('pending');
      expect(shown(await guard.command('help'))).toContain('history');
      expect(shown(await guard.command('doctor'))).toContain('Slack token');
    }));

  test.each([
    ['a guest', GUEST],
    ['an external member', EXTERNAL],
  ])('answers members only, not %s', (_, person) =>
    withinSandbox({}, async (guard) => {
      const request = await guard.held();
      for (const text of ['list', 'pending', `show ${request.id}`]) {
        const answer = shown(await guard.command(text, person));
        expect(answer).not.toContain(request.id);
        expect(answer).not.toContain('s3:DeleteBucket');
      }
    }),
  );
});

describe.concurrent('App Home', () => {
  test('has what is pending for me, the latest decisions, the mode and the settings that matter', () =>
    withinSandbox({ APPROVALS_REQUIRED: '2' }, async (guard) => {
      const decided = await guard.held({ name: 'decided', caller: 'dana' });
      await guard.deny(decided, GRACE, 'Too much.');
      await guard.ended(decided.id);
      const request = await guard.held({ name: 'waiting', caller: 'dana' });
      const home = textOf((await guard.openHome(ADA)).view);
      for (const word of [
        request.id,
        'enforce',
        'Too much.',
        '<!subteam^S0SECURIT>',
        '2 approvers',
        'Break glass',
      ]) {
        expect(home).toContain(word);
      }
      expect(textOf((await guard.openHome(DANA)).view)).toMatch(/your own change/i);
      expect(textOf((await guard.openHome(GUEST)).view)).not.toContain(request.id);
    }));
});
