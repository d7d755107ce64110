import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import type { CallLimits } from '../../../workflow/runtime/call-limits.ts';
import { EmailNotSentError, type EmailSender } from './email.ts';

/** An e-mail is often sent because Slack has used up its time; both have to fit into the function's 25 s. */
export const EMAIL_LIMITS: CallLimits = { callMs: 6_000, tryMs: 2_500 };

/** E-mails through an SNS topic. */
export function createEmailSender(
  topicArn: string,
  aws: AwsClientConfig,
  { callMs, tryMs }: CallLimits = EMAIL_LIMITS,
): EmailSender {
  const client = new SNSClient({
    ...aws,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
  });
  return {
    async send({ subject, text }) {
      const command = new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text });
      try {
        await client.send(command, { abortSignal: AbortSignal.timeout(callMs) });
      } catch (cause) {
        throw new EmailNotSentError(topicArn, cause);
      }
    },
  };
}
