import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { percentEncode } from './percent-encoding.ts';

/** What the `Authorization` header of a request says. */
export interface Signature {
  accessKeyId: string;
  /** `20261123` */
  date: string;
  region: string;
  /** The signing name of the service: `iam`, `states`, … */
  service: string;
  signedHeaders: string[];
  value: string;
}

export interface SignedRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([^/\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/;

/** @returns null when the header is no Signature Version 4 */
export function readSignature(authorization: string): Signature | null {
  const [, accessKeyId = '', date = '', region = '', service = '', headers = '', value = ''] =
    AUTHORIZATION.exec(authorization.trim()) ?? [];
  if (value === '') return null;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), value };
}

/**
 * Whether the request was signed with this secret.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(secretAccessKey: string, signature: Signature, request: SignedRequest): boolean {
  const { date, region, service } = signature;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    scope,
    sha256(canonicalRequest(signature, request)),
  ].join('\n');
  return hmac(signingKey(secretAccessKey, scope), toSign).toString('hex') === signature.value;
}

/** One for each secret, day and service: as clients do, it is worked out once. */
const signingKeys = new Map<string, KeyObject>();

function signingKey(secretAccessKey: string, scope: string): KeyObject {
  const name = `${secretAccessKey} ${scope}`;
  const known = signingKeys.get(name);
  if (known !== undefined) return known;
  const bytes = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`) as Buffer;
  const key = createSecretKey(bytes);
  signingKeys.set(name, key);
  return key;
}

function canonicalRequest(
  { signedHeaders }: Signature,
  { method, url, headers, body }: SignedRequest,
): string {
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  return [
    method,
    pathname.split('/').map(percentEncode).join('/'),
    [...searchParams]
      .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
      .sort()
      .join('&'),
    ...signedHeaders.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n');
}

function sha256(data: string | Buffer): string {
  return hash('sha256', data);
}

function hmac(key: string | Buffer | KeyObject, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
