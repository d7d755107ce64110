/** Who is calling, found by the access key in the signature of a request. */
export interface Caller {
  accessKeyId: string;
  accountId: string;
  arn: string;
  userId: string;
  /** The Lambda function that calls: AWS has its sessions, and no others, carry it (`lambda:SourceFunctionArn`). */
  sourceFunctionArn?: string;
  /** `userIdentity` as CloudTrail would write it for this caller. */
  userIdentity: Record<string, unknown>;
}

/** Who calls without a signature: a link of SNS in an e-mail. */
export const ANONYMOUS: Caller = { accessKeyId: '', accountId: '', arn: '', userId: '', userIdentity: {} };

/** An error as AWS answers it: code, message and HTTP status, in the wire protocol of the service. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** One operation of a service: the decoded input in, the output to encode out; throws AwsError. */
export type Operation = (input: Record<string, unknown>, caller: Caller) => Promise<object> | object;

/** Operation name (`CreatePolicy`, `StartExecution`, …) → operation. */
export type Service = Readonly<Record<string, Operation>>;
