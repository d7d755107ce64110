import type { Callers } from '../sts/callers.ts';
import type { Route } from './route.ts';
import { ANONYMOUS, AwsError, type Caller } from './service.ts';
import { isSignedWith, type SignedRequest } from './signature.ts';

/**
 * Finds out who sent a request, and that they hold the key's secret.
 *
 * @param mayBeUnsigned whether the operation is open to everybody
 * @throws AwsError `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`,
 * `SignatureDoesNotMatch`
 */
export function authenticate(
  request: SignedRequest,
  { signature }: Route,
  callers: Callers,
  mayBeUnsigned: boolean,
): Caller {
  const { authorization, 'x-amz-security-token': token } = request.headers;
  if (authorization === undefined) {
    if (mayBeUnsigned) return ANONYMOUS;
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  if (signature === null) {
    throw new AwsError(
      'IncompleteSignature',
      'Authorization must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
    );
  }
  const { caller, secretAccessKey } = callers.authenticate(signature.accessKeyId, token?.toString());
  if (isSignedWith(secretAccessKey, signature, request)) return caller;
  throw new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    403,
  );
}
