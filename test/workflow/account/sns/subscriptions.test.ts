import { text } from 'node:stream/consumers';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSubscriptionReader } from '../../../../workflow/account/sns/subscriptions.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../support/aws-endpoint.ts';
import { startServer } from '../../../support/local-server.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';

let endpoint: RunningEndpoint;
beforeEach(async () => {
  endpoint = await startAwsEndpoint();
});
afterEach(() => endpoint.stop());

/** A page of SNS, which has a hundred subscriptions at most. */
function page(entries: readonly [name: string, arn: string][], next = ''): string {
  const members = entries.map(
    ([name, arn]) =>
      `<member><Protocol>email</Protocol><Endpoint>${name}@example.com</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`,
  );
  const result = `<Subscriptions>${members.join('')}</Subscriptions>${next}`;
  return `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult>${result}</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
}

describe('who is subscribed', () => {
  it('is everybody, with who has confirmed', async () => {
    const TopicArn = endpoint.aws.sns.addTopic('notices', 'security@example.com');
    const sns = new SNSClient(endpoint.config());
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'mallory@example.net' }));
    expect(await createSubscriptionReader(TOPIC, endpoint.config())()).toEqual([
      { protocol: 'email', endpoint: 'security@example.com', confirmed: true },
      { protocol: 'email', endpoint: 'mallory@example.net', confirmed: false },
    ]);
  });

  it('is on every page that SNS gives, without what was deleted', async () => {
    const first = page(
      [
        ['one', `${TOPIC}:1`],
        ['gone', 'Deleted'],
      ],
      '<NextToken>more</NextToken>',
    );
    const second = page([['two', 'PendingConfirmation']]);
    const { url, close } = await startServer(async (request, response) => {
      const asked = new URLSearchParams(await text(request));
      response.end(asked.get('NextToken') === 'more' ? second : first);
    });
    onTestFinished(close);
    const found = await createSubscriptionReader(TOPIC, { ...endpoint.config(), endpoint: url })();
    expect(found.map((each) => [each.endpoint, each.confirmed])).toEqual([
      ['one@example.com', true],
      ['two@example.com', false],
    ]);
  });

  it('is an error where SNS does not say', async () => {
    await expect(createSubscriptionReader(TOPIC, endpoint.config())()).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
