import {
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { GuardedSandbox } from './guarded-sandbox.ts';

async function topicOf({ sandbox }: GuardedSandbox) {
  const credentials = sandbox.callers[0]?.credentials;
  const sns = new SNSClient({ endpoint: sandbox.aws, region: 'us-east-1', credentials });
  const [topic] = (await sns.send(new ListTopicsCommand({}))).Topics ?? [];
  return { sns, TopicArn: topic?.TopicArn };
}

/** Somebody subscribes to the guard's e-mails, and confirms it with the link that SNS mails. */
export async function subscribe(guard: GuardedSandbox, address: string): Promise<void> {
  const { sns, TopicArn } = await topicOf(guard);
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: address }));
  const link = await guard.until('the confirmation e-mail', ({ emails }) =>
    emails.find(({ to }) => to === address)?.links.find((each) => each.includes('ConfirmSubscription')),
  );
  await fetch(link);
}

/** Whoever may, in the SNS console, deletes a subscription. */
export async function unsubscribe(guard: GuardedSandbox, address: string): Promise<void> {
  const { sns, TopicArn } = await topicOf(guard);
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  const found = Subscriptions.find(({ Endpoint }) => Endpoint === address);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: found?.SubscriptionArn }));
}
