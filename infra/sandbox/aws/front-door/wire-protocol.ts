import type { AwsError } from './service.ts';

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** How a service answers. Both kinds of answer carry the request id. */
export interface WireProtocol {
  encodeOutput(operation: string, output: object, requestId: string): WireResponse;
  encodeError(error: AwsError, requestId: string): WireResponse;
  /** The error for an operation that the service does not know. */
  unknownOperation(operation: string): AwsError;
}
