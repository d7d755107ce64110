import type { AwsError, Caller } from './service.ts';

/** A call that was answered: what CloudTrail needs to know of it. */
export interface CompletedCall {
  /** Signing name: `iam`, `sns`, … */
  service: string;
  operation: string;
  input: Record<string, unknown>;
  caller: Caller;
  requestId: string;
  userAgent: string;
  sourceIp: string;
  at: Date;
  /** Set when the call succeeded. */
  output?: object;
  /** Set when it did not. */
  error?: AwsError;
}
