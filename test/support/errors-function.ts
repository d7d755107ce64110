import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';

/** A function to bundle: calls AWS, and tells what of the error arrives. */
export const errorsFunction = { create: () => handler };

async function handler({ service, aws }: { service: string; aws: AwsClientConfig }) {
  const once = { ...aws, maxAttempts: 1 };
  try {
    if (service === 'iam') await new IAMClient(once).send(new GetPolicyCommand({ PolicyArn: 'arn:aws:iam' }));
    if (service === 'sns') await new SNSClient(once).send(new PublishCommand({ Message: 'Hello' }));
    if (service === 'dynamodb') {
      await new DynamoDBClient(once).send(
        new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: 'a' } } }),
      );
    }
    return undefined;
  } catch (error) {
    const { name, message, $fault, $metadata } = error as DescribedError;
    return { name, message, fault: $fault, status: $metadata.httpStatusCode };
  }
}

type DescribedError = Error & { $fault: string; $metadata: { httpStatusCode: number } };
