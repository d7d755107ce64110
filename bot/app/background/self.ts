import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import type { CallLimits } from '../../../workflow/runtime/call-limits.ts';
import { postSigned } from './post-signed.ts';

/** The function that runs, as it can call itself. */
export interface Self {
  /**
   * Has it invoked once more with this event, soon and by itself: Lambda tries again when that fails.
   *
   * @param arn of the function, as its context names it
   */
  invoke(arn: string, event: object): Promise<void>;
}

/**
 * Without Lambda's client, which is 70 KB of a bundle for this one call. An invocation made twice is harmless, so it
 * may be tried again; a click waits for it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createSelf(aws: AwsClientConfig, limits: CallLimits): Self {
  return {
    invoke: (arn, event) => {
      const [, partition = '', , region = ''] = arn.split(':');
      const path = `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`;
      return postSigned(
        {
          url: new URL(path, aws.endpoint ?? `https://lambda.${region}.${domainOf(partition)}`),
          ...{ service: 'lambda', region },
          headers: { 'content-type': 'application/octet-stream', 'x-amz-invocation-type': 'Event' },
          body: JSON.stringify(event),
        },
        aws,
        limits,
      );
    },
  };
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
function domainOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
