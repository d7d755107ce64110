import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from 'vitest';
import type { SlackReply } from '../../infra/sandbox/api/contract.ts';
import {
  ADA,
  DANA,
  DEVON,
  GRACE,
  GUEST,
  type GuardedSandbox,
  withinSandbox,
} from '../support/guarded-sandbox.ts';
import { REVIEWED } from '../support/requests.ts';

async function held(guard: GuardedSandbox, caller: string) {
  await guard
    .iamAs(caller)
    .send(new CreatePolicyCommand({ PolicyName: 'cleanup', PolicyDocument: REVIEWED }));
  return guard.asked(() => true);
}

const textOf = (value: unknown) => JSON.stringify(value);
const shown = ({ ephemeral, view, errors }: SlackReply) => textOf([ephemeral, view, errors]);

function directMessage(guard: GuardedSandbox, user: string, says: string) {
  return guard.until(`“${says}”`, ({ slack: { messages, directMessages } }) =>
    messages.find(({ channel, text }) => channel === directMessages[user] && text.includes(says)),
  );
}

async function audited(guard: GuardedSandbox) {
  return (await guard.state()).audit.map(({ event }) => event);
}

describe.concurrent('Ask', () => {
  test('brings the question to the requester, and the answer to everybody who decides', () =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, 'dana');
      const opened = await guard.click(request, 'ask', ADA);
      expect(textOf(opened.view)).toContain('"focus_on_load":true');
      expect((await guard.submit(opened, ' . ', ADA)).errors).not.toBeNull();
      await guard.submit(opened, 'Is *this* for <!channel>?', ADA);

      const question = await directMessage(guard, DANA, 'A question about your change');
      expect(textOf(question.blocks)).toContain('Is ∗this∗ for &lt;!channel&gt;?');
      await guard.write(question, 'For the `cleanup` of <@U0GRACEHO>.', DANA);

      for (const place of [
        await guard.thread(request),
        await guard.message(request),
        await guard.click(request, 'details', GRACE),
        await guard.command(`show ${request.id}`, GRACE),
      ]) {
        expect(textOf(place)).toMatch(/For the .cleanup. of &lt;@U0GRACEHO&gt;\./);
      }
      const answered = await directMessage(guard, DANA, 'A question about your change');
      expect(textOf(answered.blocks)).toContain('You have told the approvers');
      expect(textOf(answered.blocks)).not.toContain('plain_text_input');
      expect(await audited(guard)).toEqual(expect.arrayContaining(['question.asked', 'question.answered']));
    }));

  test('says so where the requester is not known in Slack', () =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, 'deployer');
      expect(shown(await guard.click(request, 'ask', ADA))).toContain('not known who the requester is');
      expect(await audited(guard)).toContain('question.refused');
    }));

  test.each([
    ['a guest', GUEST, 'Guests'],
    ['somebody who is no approver', DEVON, 'not on the list of approvers'],
    ['the requester', DANA, 'You made this change'],
  ])('is not for %s', (_, user, why) =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, 'dana');
      expect(shown(await guard.click(request, 'ask', user))).toContain(why);
    }),
  );

  test('takes no answer once it is decided', () =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, 'dana');
      await guard.submit(await guard.click(request, 'ask', ADA), 'What for?', ADA);
      const question = await directMessage(guard, DANA, 'A question about your change');
      await guard.deny(request, GRACE);
      await guard.ended(request.id);
      expect(shown(await guard.write(question, 'For the migration.', DANA))).toContain('Denied by Grace');
      expect(await audited(guard)).toContain('question.answer-refused');
    }));
});

describe.concurrent('the requester', () => {
  test('may give a reason unasked, which the approvers read and the outcome keeps', () =>
    withinSandbox({}, async (guard) => {
      const request = await held(guard, 'dana');
      await guard.settled();
      const told = await directMessage(guard, DANA, 'out of force until somebody approves it');
      expect(shown(await guard.write(told, '   ', DANA))).toContain('Write something first');
      await guard.write(told, 'The old buckets go tonight.', DANA);
      expect(textOf(await guard.message(request))).toContain('gives a reason: The old buckets go tonight.');
      expect(textOf(await guard.directMessages(DANA))).not.toContain('plain_text_input');
      await guard.click(request, 'approve', ADA);
      await guard.ended(request.id);
      await guard.settled();
      expect(textOf(await guard.message(request))).toContain('The old buckets go tonight.');
      expect(await audited(guard)).toContain('reason.given');
    }));
});
