import * as z from '../../../../workflow/runtime/zod.ts';

/** An HTTP API event, payload format 2.0, as far as a signed Slack request needs it. */
const eventSchema = z.object({
  headers: z._default(z.record(z.string(), z.optional(z.string())), {}),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
  rawPath: z._default(z.string(), '/slack/events'),
  requestContext: z.optional(z.object({ http: z.optional(z.object({ sourceIp: z.optional(z.string()) })) })),
});

export interface SlackHttpRequest {
  /** The body as Slack sent and signed it. */
  body: string;
  /** Without parameters, lower case; empty when there is none. */
  contentType: string;
  signature: string | undefined;
  timestamp: string | undefined;
  sourceIp: string | undefined;
  rawPath: string;
}

/** @returns undefined for what is no HTTP API event, or a body that is not the base64 it claims to be */
export function readHttpEvent(event: unknown): SlackHttpRequest | undefined {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { headers, body, isBase64Encoded, rawPath, requestContext } = parsed.data;
  if (isBase64Encoded && !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) return undefined;
  const header = (name: string) =>
    Object.entries(headers).find(([key, value]) => key.toLowerCase() === name && value !== undefined)?.[1];
  return {
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
    contentType: (header('content-type') ?? '').split(';', 1).join().trim().toLowerCase(),
    signature: header('x-slack-signature'),
    timestamp: header('x-slack-request-timestamp'),
    sourceIp: requestContext?.http?.sourceIp,
    rawPath,
  };
}
