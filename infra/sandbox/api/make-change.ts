import * as iam from '@aws-sdk/client-iam';
import type { WellKnownCaller } from '../aws/sts/well-known-callers.ts';
import { ApiError } from './api-error.ts';

export interface ChangeRequest {
  caller?: string;
  operation: string;
  parameters: Record<string, unknown>;
}

/**
 * Makes an IAM call with the unmodified AWS SDK, through the same endpoint and with the same keys that the AWS CLI
 * would use, so that the page's changes are like everybody's.
 *
 * @param endpoint with the offset of AWS's clock, in milliseconds: the clocks of those who make changes are right
 * @returns the AWS answer
 * @throws ApiError with AWS's code and HTTP status when AWS refuses; 400 for an unknown call or caller
 */
export async function makeChange(
  { caller, operation, parameters }: ChangeRequest,
  callers: readonly WellKnownCaller[],
  endpoint: { endpoint: string; region: string; systemClockOffset: number },
): Promise<object> {
  const who = findCaller(caller, callers);
  const Command = (iam as unknown as Record<string, new (input: object) => never>)[`${operation}Command`];
  if (Command === undefined) throw new ApiError(400, 'BadRequest', `IAM has no call ${operation}.`);
  const client = new iam.IAMClient({ ...endpoint, credentials: who.credentials, maxAttempts: 1 });
  nameUserAgent(client);
  try {
    const { $metadata, ...answer } = (await client.send(new Command(parameters))) as object as Record<
      string,
      unknown
    >;
    return answer;
  } catch (error) {
    if (!(error instanceof iam.IAMServiceException)) throw error;
    const { Code: code = error.name } = error as unknown as { Code?: string };
    throw new ApiError(error.$metadata.httpStatusCode ?? 400, code, error.message, { cause: error });
  } finally {
    client.destroy();
  }
}

/** CloudTrail shows the program that made a call: here that is the page, whatever it uses inside. */
function nameUserAgent(client: iam.IAMClient): void {
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['user-agent'] = 'policy-guard-sandbox';
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
}

function findCaller(wanted: string | undefined, callers: readonly WellKnownCaller[]): WellKnownCaller {
  const found = callers.find(
    ({ id, accessKeyId, label, arn }) =>
      wanted === undefined || [id, accessKeyId, label, arn].includes(wanted),
  );
  if (found !== undefined) return found;
  const known = callers.map(({ id }) => id).join(', ');
  throw new ApiError(400, 'BadRequest', `There is no caller ${JSON.stringify(wanted)}; there are ${known}.`);
}
