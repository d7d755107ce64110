import type { HostedService, Route } from './route.ts';
import { ANONYMOUS, AwsError, type Caller } from './service.ts';
import { isSignedWith, type SignedRequest } from './signature.ts';
import { requireCurrent } from './signing-time.ts';

export interface Authenticated {
  caller: Caller;
  secretAccessKey: string;
}

/** Who holds the access keys that there are. */
export interface KeyHolders {
  /** @throws AwsError `InvalidClientTokenId` for an unknown key or a wrong session token */
  authenticate(accessKeyId: string, sessionToken: string | undefined): Authenticated;
}

/**
 * Finds out who sent a request, and that they hold the key's secret.
 *
 * @param now AWS's clock
 * @param hosted the service that is asked, if it is one with operations open to everybody, or with one region only
 * @throws AwsError `MissingAuthenticationToken`, `IncompleteSignature`, `InvalidClientTokenId`,
 * `SignatureDoesNotMatch`
 */
export function authenticate(
  request: SignedRequest,
  { signature, operation }: Route,
  keys: KeyHolders,
  now: Date,
  hosted: Pick<HostedService, 'unsigned' | 'region'> = {},
): Caller {
  const { authorization, 'x-amz-date': amzDate, 'x-amz-security-token': token } = request.headers;
  if (authorization === undefined) {
    if (hosted.unsigned?.includes(operation)) return ANONYMOUS;
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  if (signature === null) {
    throw new AwsError(
      'IncompleteSignature',
      'Authorization must be AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
    );
  }
  if (hosted.region !== undefined && hosted.region !== signature.region) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Credential should be scoped to a valid region, not '${signature.region}'. `,
      403,
    );
  }
  requireCurrent(amzDate?.toString(), now);
  const { caller, secretAccessKey } = keys.authenticate(signature.accessKeyId, token?.toString());
  if (isSignedWith(secretAccessKey, signature, request)) return caller;
  throw new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    403,
  );
}
