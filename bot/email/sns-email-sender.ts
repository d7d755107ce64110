import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../workflow/lambda/aws-client.ts';
import type { EmailSender } from './email.ts';
import { EmailNotSentError } from './email.ts';

/** An e-mail is often sent because Slack has used up its time; both have to fit into the function's 25 s. */
const CALL_MS = 6_000;
const TRY_MS = 2_500;

/** E-mails through an SNS topic. */
export function createEmailSender(topicArn: string, aws: AwsClientConfig): EmailSender {
  const client = new SNSClient({
    ...aws,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: TRY_MS, requestTimeout: TRY_MS, throwOnRequestTimeout: true },
  });
  return {
    async send({ subject, text }) {
      const command = new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text });
      try {
        await client.send(command, { abortSignal: AbortSignal.timeout(CALL_MS) });
      } catch (cause) {
        throw new EmailNotSentError(topicArn, cause);
      }
    },
  };
}
