import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import type { CallLimits } from '../../../workflow/runtime/call-limits.ts';
import { EmailNotSentError, type EmailSender } from './email.ts';

/** An e-mail is often sent because Slack has used up its time; both have to fit into the function's 25 s. */
export const EMAIL_LIMITS: CallLimits = { callMs: 6_000, tryMs: 2_500 };

/** A subscription that was confirmed a moment ago still is. */
const CONFIRMED_MS = 5 * 60_000;

/**
 * E-mails through an SNS topic. SNS takes a message for a topic that nobody reads, too: then nobody was told, and the
 * e-mail counts as not sent.
 */
export function createEmailSender(
  { topicArn, adminEmail }: { topicArn: string; adminEmail?: string | undefined },
  aws: AwsClientConfig,
  { callMs, tryMs }: CallLimits = EMAIL_LIMITS,
): EmailSender {
  const client = new SNSClient({
    ...aws,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
  });
  const bounded = () => ({ abortSignal: AbortSignal.timeout(callMs) });
  let readersSeenAt = Number.NEGATIVE_INFINITY;

  /** Only a topic that certainly has no reader has none: a look-up that fails says nothing. */
  async function hasReaders(): Promise<boolean> {
    if (Date.now() - readersSeenAt < CONFIRMED_MS) return true;
    const command = new GetTopicAttributesCommand({ TopicArn: topicArn });
    const found = await client.send(command, bounded()).catch(() => undefined);
    const readers = found?.Attributes?.SubscriptionsConfirmed;
    if (readers === '0') return false;
    if (readers !== undefined) readersSeenAt = Date.now();
    return true;
  }

  return {
    async send({ subject, text }) {
      const command = new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text });
      // At once, since both have to fit into the time that an e-mail has.
      const readers = hasReaders();
      let messageId: string;
      try {
        ({ MessageId: messageId = '' } = await client.send(command, bounded()));
      } catch (cause) {
        throw new EmailNotSentError(topicArn, cause);
      }
      if (!(await readers)) throw new EmailNotSentError(topicArn, new NobodyReadsError());
      return { messageId, to: adminEmail ?? topicArn };
    },
  };
}

/** Nobody has confirmed a subscription of the topic. */
class NobodyReadsError extends Error {
  override name = 'NobodyReadsError';

  constructor() {
    super('Nobody has confirmed a subscription, so that nobody gets it.');
  }
}
