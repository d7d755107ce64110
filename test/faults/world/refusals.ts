import type { Call } from './name-call.ts';

interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** How each service says it. DynamoDB and Step Functions have names of their own for being throttled. */
const THROTTLED: Readonly<Record<string, string>> = {
  iam: 'Throttling',
  sns: 'Throttling',
  dynamodb: 'ProvisionedThroughputExceededException',
};

/** The answer of a service that does not do what it was asked, in its own protocol. */
export function refusal(why: 'throttle' | 'fail' | 'deny', { service }: Call): Refusal {
  if (service === 'slack') return slackRefusal(why);
  const [status, code] = {
    throttle: [400, THROTTLED[service] ?? 'ThrottlingException'] as const,
    fail: [500, service === 'dynamodb' ? 'InternalServerError' : 'InternalFailure'] as const,
    deny: [
      service === 'dynamodb' ? 400 : 403,
      xmlServices.has(service) ? 'AccessDenied' : 'AccessDeniedException',
    ] as const,
  }[why];
  return xmlServices.has(service) ? xml(status, code) : json(status, code);
}

const xmlServices = new Set(['iam', 'sns', 'sts']);

function xml(status: number, code: string): Refusal {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error><RequestId>fault</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(body) };
}

function json(status: number, code: string): Refusal {
  const body = JSON.stringify({ __type: `com.amazonaws#${code}`, message: code });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: Buffer.from(body) };
}

function slackRefusal(why: 'throttle' | 'fail' | 'deny'): Refusal {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const answer = (status: number, error: string, more: Record<string, string> = {}) => ({
    status,
    headers: { ...headers, ...more },
    body: Buffer.from(JSON.stringify({ ok: false, error })),
  });
  if (why === 'throttle') return answer(429, 'ratelimited', { 'retry-after': '30' });
  return why === 'fail' ? answer(500, 'internal_error') : answer(200, 'channel_not_found');
}
