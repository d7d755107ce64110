import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import type { CallLimits } from '../../../workflow/runtime/call-limits.ts';

/** The function that runs, as it can call itself. */
export interface Self {
  /**
   * Has it invoked once more with this event, soon and by itself: Lambda tries again when that fails.
   *
   * @param arn of the function, as its context names it
   */
  invoke(arn: string, event: object): Promise<void>;
}

/** An invocation made twice is harmless, so the SDK may try again; a click waits for it. */
export function createSelf(aws: AwsClientConfig, { callMs, tryMs }: CallLimits): Self {
  const client = new LambdaClient({
    ...aws,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
  });
  return {
    invoke: async (arn, event) => {
      const command = new InvokeCommand({
        FunctionName: arn,
        InvocationType: 'Event',
        Payload: new TextEncoder().encode(JSON.stringify(event)),
      });
      await client.send(command, { abortSignal: AbortSignal.timeout(callMs) });
    },
  };
}
