import { AwsError } from './service.ts';
import type { WireProtocol, WireResponse } from './wire-protocol.ts';

interface JsonProtocolOptions {
  version: '1.0' | '1.1';
  /** The member that holds an error's message: services differ in its case. */
  messageMember: 'message' | 'Message';
}

/** Services of the JSON protocol have other names for what is wrong with a signature, and answer 400. */
const SIGNATURE_ERRORS: Record<string, string> = {
  InvalidClientTokenId: 'UnrecognizedClientException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
  MissingAuthenticationToken: 'MissingAuthenticationTokenException',
  IncompleteSignature: 'IncompleteSignatureException',
};

/** AWS JSON 1.0 and 1.1: the operation is in `X-Amz-Target`, times are seconds since 1970. */
export function jsonProtocol({ version, messageMember }: JsonProtocolOptions): WireProtocol {
  const respond = (status: number, body: object, headers: Record<string, string>): WireResponse => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, ...headers },
    body: JSON.stringify(body),
  });
  return {
    encodeOutput: (_operation, output, requestId) =>
      respond(200, withTimestamps(output) as object, { 'x-amzn-requestid': requestId }),
    encodeError: (error, requestId) => {
      const signatureError = SIGNATURE_ERRORS[error.code];
      const code = signatureError ?? error.code;
      return respond(
        signatureError === undefined ? error.status : 400,
        { __type: code, [messageMember]: error.message },
        { 'x-amzn-requestid': requestId, 'x-amzn-errortype': code },
      );
    },
    unknownOperation: (operation) =>
      new AwsError('UnknownOperationException', `The operation ${operation} is not known.`),
  };
}

/**
 * The input of a JSON request.
 * @throws AwsError `SerializationException` when the body is no JSON object
 */
export function readJsonInput(body: string): Record<string, unknown> {
  let input: unknown;
  try {
    input = JSON.parse(body === '' ? '{}' : body);
  } catch (cause) {
    throw Object.assign(new AwsError('SerializationException', 'The body is not valid JSON.'), { cause });
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AwsError('SerializationException', 'The body must be a JSON object.');
  }
  return input as Record<string, unknown>;
}

function withTimestamps(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withTimestamps);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTimestamps(member)]));
}
