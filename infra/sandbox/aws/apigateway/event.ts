import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request as it came in, before API Gateway has made an event of it. */
export interface HttpRequest {
  method: string;
  /** Path and query, e.g. `/decide?request=abc`. */
  target: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  sourceIp: string;
}

/** What API Gateway passes on as text; everything else, forms included, arrives base64-encoded. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/i;

/** The event that an HTTP API hands to a function, payload format 2.0. */
export function toEvent(request: HttpRequest, routeKey: string): APIGatewayProxyEventV2 {
  const url = new URL(request.target, 'http://localhost');
  const { cookie, ...headers } = request.headers;
  const now = new Date();
  const base64 = request.body.length > 0 && !TEXT.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(url.search === '' ? {} : { queryStringParameters: queryParameters(url.searchParams) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'sandbox',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'sandbox',
      http: {
        method: request.method,
        path: url.pathname,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(base64 ? 'base64' : 'utf8') }),
    isBase64Encoded: base64,
  };
}

/** Repeated parameters are joined with commas, as payload format 2.0 does. */
function queryParameters(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]),
  );
}
