import type { SignedRequest } from '../front-door/signature.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** `Invoke` out of its request: docs.aws.amazon.com, Lambda API Reference, "Invoke". */
export function readInvocation({ method, url, headers, body }: SignedRequest) {
  const [, name] = INVOKE.exec(new URL(url, 'http://sandbox').pathname) ?? [];
  if (method !== 'POST' || name === undefined) return undefined;
  return {
    operation: 'Invoke',
    input: {
      FunctionName: decodeURIComponent(name),
      InvocationType: headers['x-amz-invocation-type'] ?? 'RequestResponse',
      Payload: body.toString('utf8'),
    },
  };
}
