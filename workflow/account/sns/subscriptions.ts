import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../runtime/aws-client.ts';

/** Somebody who gets the e-mails of the topic or, once it is confirmed, will. */
export interface Subscription {
  protocol: string;
  /** The address, e.g. of an e-mail box or a queue. */
  endpoint: string;
  confirmed: boolean;
}

/** One page holds a hundred; asked before a link is sent, so that it has to be quick. Milliseconds. */
const CALL_MS = 1_500;

/**
 * Reads who is subscribed to the topic.
 *
 * @returns a function that throws what SNS throws, and an AbortError when it is too slow
 */
export function createSubscriptionReader(
  topicArn: string,
  aws: AwsClientConfig,
  callMs = CALL_MS,
): () => Promise<Subscription[]> {
  // The first try is refused where this machine's clock is wrong, and the second signs by AWS's.
  const client = new SNSClient({ ...aws, maxAttempts: 2 });
  return async () => {
    const abortSignal = AbortSignal.timeout(callMs);
    const found: Subscription[] = [];
    let NextToken: string | undefined;
    do {
      const command = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken });
      const page = await client.send(command, { abortSignal });
      for (const { Protocol = '', Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? []) {
        // SNS lists what was deleted for some days more.
        if (SubscriptionArn === 'Deleted') continue;
        found.push({ protocol: Protocol, endpoint: Endpoint, confirmed: SubscriptionArn.startsWith('arn:') });
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  };
}

/** Whether a subscription is the one that the guard is deployed with. */
export function isExpected({ protocol, endpoint }: Subscription, adminEmail: string | undefined): boolean {
  return protocol.startsWith('email') && endpoint.toLowerCase() === adminEmail?.toLowerCase();
}

/** The addresses of whoever else gets the e-mails, each with its signed links. Pure. */
export function strangersAmong(
  subscriptions: readonly Subscription[],
  adminEmail: string | undefined,
): string[] {
  return subscriptions.filter((each) => !isExpected(each, adminEmail)).map(({ endpoint }) => endpoint);
}
