import { readFileSync } from 'node:fs';
import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { type GuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const BAD = readFileSync(new URL('../../fixtures/policies/bad-policy.json', import.meta.url), 'utf8');

/** Somebody creates the bad policy. @returns its ARN */
async function create(guard: GuardedSandbox, caller = 'developer', name = 'policy'): Promise<string> {
  const input = { PolicyName: name, PolicyDocument: BAD };
  return (await guard.iamAs(caller).send(new CreatePolicyCommand(input))).Policy?.Arn ?? '';
}

/** Mallory subscribes to the guard's e-mails, and confirms it with the link that SNS mails. */
async function subscribe(guard: GuardedSandbox, address: string): Promise<void> {
  const credentials = guard.sandbox.callers[0]?.credentials;
  const sns = new SNSClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  const [topic] = (await sns.send(new ListTopicsCommand({}))).Topics ?? [];
  await sns.send(new SubscribeCommand({ TopicArn: topic?.TopicArn, Protocol: 'email', Endpoint: address }));
  const link = await guard.until('the confirmation e-mail', ({ emails }) =>
    emails.find(({ to }) => to === address)?.links.find((each) => each.includes('ConfirmSubscription')),
  );
  await fetch(link);
}

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
      await create(guard);
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
      await create(guard);
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
      await create(guard);
      const mail = await guard.until('the e-mail', ({ emails }) =>
        emails.find(({ subject }) => subject.includes('decide about')),
      );
      expect(decisionLinks(mail.text)).toEqual(['Approve: ', 'Deny: ']);
    }));
});
