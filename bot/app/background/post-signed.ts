import { fromEnv } from '@aws-sdk/credential-provider-env';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsClientConfig } from '../../../workflow/runtime/aws-client.ts';
import type { CallLimits } from '../../../workflow/runtime/call-limits.ts';

/** AWS has taken the request, and refused it. */
export class RefusedByAwsError extends Error {
  override name = 'RefusedByAwsError';
  readonly status: number;

  constructor(url: URL, status: number, answer: string) {
    super(`${url.host} answered ${status}: ${answer}`);
    this.status = status;
  }
}

export interface SignedPost {
  url: URL;
  /** As in the credential's scope: `lambda`. */
  service: string;
  region: string;
  headers: Record<string, string>;
  body: string;
}

/** Where the answer was lost, or says that it is not the request's fault, a second try may do. */
const TRIES = 2;
const isWorthATry = (error: unknown) =>
  !(error instanceof RefusedByAwsError) || error.status >= 500 || error.status === 429;

/**
 * One request that may be made twice, signed with the function's own credentials: for a call whose client would be as
 * large as all that calls it.
 *
 * @throws RefusedByAwsError, or what `fetch` throws
 */
export async function postSigned(
  post: SignedPost,
  { credentials }: AwsClientConfig,
  { callMs, tryMs }: CallLimits,
): Promise<void> {
  const { service, region } = post;
  const signer = new SignatureV4({ service, region, credentials: credentials ?? fromEnv(), sha256: Sha256 });
  const over = AbortSignal.timeout(callMs);
  for (let tried = 1; ; tried++) {
    try {
      return await send(post, signer, AbortSignal.any([over, AbortSignal.timeout(tryMs)]));
    } catch (error) {
      if (tried >= TRIES || over.aborted || !isWorthATry(error)) throw error;
    }
  }
}

async function send({ url, headers, body }: SignedPost, signer: SignatureV4, signal: AbortSignal) {
  const signed = await signer.sign({
    ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: {} },
    headers: { host: url.host, ...headers },
    body,
  });
  const response = await fetch(url, { method: 'POST', headers: signed.headers, body, signal });
  // Read to its end, so that the connection is free again.
  const answer = await response.text();
  if (!response.ok) throw new RefusedByAwsError(url, response.status, answer);
}
