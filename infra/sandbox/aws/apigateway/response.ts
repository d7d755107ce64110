import * as z from '../../../../workflow/runtime/zod.ts';

export interface HttpResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

const structured = z.object({
  statusCode: z.coerce.number().check(z.int(), z.gte(100), z.lte(599)),
  headers: z._default(
    z.record(z.string(), z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String))),
    {},
  ),
  cookies: z._default(z.array(z.string()), []),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
});

/**
 * What an HTTP API answers for a function's result, payload format 2.0: a result without `statusCode` is the body
 * of a 200, a result that is not understood is a 500.
 */
export function toResponse(result: unknown): HttpResponse {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    return json(200, typeof result === 'string' ? result : JSON.stringify(result));
  }
  const parsed = structured.safeParse(result);
  if (!parsed.success) return json(500, '{"message":"Internal Server Error"}');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...lowerCase,
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function json(status: number, text: string): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}
