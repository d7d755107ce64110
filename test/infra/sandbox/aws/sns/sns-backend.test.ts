import * as sns from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningEndpoint, startAwsEndpoint } from '../../../../support/aws-endpoint.ts';

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:notices';
const Endpoint = 'security@example.com';
let endpoint: RunningEndpoint;
let client: sns.SNSClient;

beforeEach(async () => {
  endpoint = await startAwsEndpoint();
  client = new sns.SNSClient(endpoint.config());
});
afterEach(() => endpoint.stop());

const emails = () => endpoint.aws.sns.emails;
const publish = (input: Partial<sns.PublishCommandInput> = {}) =>
  client.send(new sns.PublishCommand({ TopicArn, Message: 'hello', ...input }));
const linkIn = (text = '') => /http:\S+/.exec(text)?.[0] ?? '';
const subscriptions = async () => {
  const { Subscriptions } = await client.send(new sns.ListSubscriptionsByTopicCommand({ TopicArn }));
  return Subscriptions?.map(({ SubscriptionArn }) => SubscriptionArn);
};

describe('topics', () => {
  test('are created once, listed, told about, and deleted', async () => {
    for (const Name of ['notices', 'notices', 'other'])
      await client.send(new sns.CreateTopicCommand({ Name }));
    const { Topics } = await client.send(new sns.ListTopicsCommand({}));
    expect(Topics).toEqual([{ TopicArn }, { TopicArn: TopicArn.replace('notices', 'other') }]);
    const { Attributes } = await client.send(new sns.GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ TopicArn, Owner: '123456789012', SubscriptionsConfirmed: '0' });
    await client.send(new sns.DeleteTopicCommand({ TopicArn }));
    await expect(publish()).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
    });
  });

  test.each([
    ['a name with a space', () => client.send(new sns.CreateTopicCommand({ Name: 'a b' })), 'Topic Name'],
    ['an ARN that is none', () => publish({ TopicArn: 'notices' }), 'TopicArn'],
  ])('%s is refused', async (_, call, what) => {
    await expect(call()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${what}`,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('an address that subscribes', () => {
  beforeEach(() => client.send(new sns.CreateTopicCommand({ Name: 'notices' })));
  const subscribe = (more: Partial<sns.SubscribeCommandInput> = {}) =>
    client.send(new sns.SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint, ...more }));

  test('is asked first, and gets nothing until it has confirmed by the link', async () => {
    expect((await subscribe()).SubscriptionArn).toBe('pending confirmation');
    expect(await subscriptions()).toEqual(['PendingConfirmation']);
    await publish();
    expect(emails()).toHaveLength(1);
    expect(emails()[0]).toMatchObject({
      to: Endpoint,
      subject: 'AWS Notification - Subscription Confirmation',
    });
    expect((await fetch(linkIn(emails()[0]?.text))).status).toBe(200);
    expect(await subscriptions()).toEqual([expect.stringMatching(`^${TopicArn}:[0-9a-f-]{36}$`)]);
    await publish();
    expect(emails()).toHaveLength(2);
    expect((await subscribe()).SubscriptionArn).toMatch(`${TopicArn}:`);
    expect(emails()).toHaveLength(2);
  });

  test('gives its ARN at once when that is asked for', async () => {
    expect((await subscribe({ ReturnSubscriptionArn: true })).SubscriptionArn).toMatch(`${TopicArn}:`);
  });

  test('leaves by the link under the e-mail', async () => {
    await subscribe();
    await fetch(linkIn(emails()[0]?.text));
    await publish();
    expect((await fetch(linkIn(emails()[1]?.text))).status).toBe(200);
    expect(await subscriptions()).toEqual([]);
  });

  test('cannot be unsubscribed by a link once that was ruled out', async () => {
    await subscribe();
    const Token = new URL(linkIn(emails()[0]?.text)).searchParams.get('Token') ?? '';
    await client.send(
      new sns.ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }),
    );
    await publish();
    expect((await fetch(linkIn(emails()[1]?.text))).status).toBe(403);
    const [SubscriptionArn] = (await subscriptions()) ?? [];
    await client.send(new sns.UnsubscribeCommand({ SubscriptionArn }));
    expect(await subscriptions()).toEqual([]);
  });

  test.each([
    [
      'a wrong token',
      () => client.send(new sns.ConfirmSubscriptionCommand({ TopicArn, Token: 'x' })),
      'Token',
    ],
    ['what is no address', () => subscribe({ Endpoint: 'nobody' }), 'Email address'],
    [
      'another protocol',
      () => subscribe({ Protocol: 'sms', Endpoint: '+1555' }),
      'Protocol (the sandbox delivers to email only)',
    ],
  ])('is refused with %s', async (_, call, what) => {
    await expect(call()).rejects.toMatchObject({ message: `Invalid parameter: ${what}` });
  });
});

describe('a message', () => {
  beforeEach(() => {
    endpoint.aws.sns.addTopic('notices', Endpoint);
  });

  test('arrives with its subject and the footer of SNS', async () => {
    const { MessageId } = await publish({
      Subject: 'A request',
      Message: 'See http://localhost/decide?a=1&b=2\n',
    });
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(emails()).toEqual([
      {
        messageId: MessageId,
        to: Endpoint,
        subject: 'A request',
        text: expect.stringMatching(
          /^See http:\/\/localhost\/decide\?a=1&b=2\n\n\n--\nIf you wish to stop receiving/,
        ),
        links: [
          'http://localhost/decide?a=1&b=2',
          expect.stringContaining('Action=Unsubscribe&SubscriptionArn=arn'),
          'https://aws.amazon.com/support',
        ],
        sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  test('without a subject gets that of SNS', async () => {
    await publish();
    expect(emails()[0]?.subject).toBe('AWS Notification Message');
  });

  test('to the address that the sandbox subscribes cannot be unsubscribed by its link', async () => {
    await publish();
    await fetch(linkIn(emails()[0]?.text));
    expect(await subscriptions()).toHaveLength(1);
  });

  test.each([
    ['a subject of more than 100 characters', { Subject: 'x'.repeat(101) }, 'Subject'],
    ['a subject with a line break', { Subject: 'a\nb' }, 'Subject'],
    ['a subject with a control character', { Subject: 'a\u0007' }, 'Subject'],
    ['a subject beyond ASCII', { Subject: 'Grüße' }, 'Subject'],
    ['a subject that begins with a space', { Subject: ' a' }, 'Subject'],
    ['an empty subject', { Subject: '' }, 'Subject'],
    ['no text', { Message: '' }, 'Empty message'],
    ['more than 256 KB', { Message: 'é'.repeat(128 * 1024 + 1) }, 'Message too long'],
  ])('with %s is refused', async (_, input, what) => {
    await expect(publish(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${what}`,
    });
    expect(emails()).toEqual([]);
  });

  test('with a subject of 100 characters and 256 KB is taken', async () => {
    await publish({ Subject: 'x'.repeat(100), Message: 'x'.repeat(256 * 1024) });
    expect(emails()).toHaveLength(1);
  });
});
