import * as z from '../../workflow/runtime/zod.ts';

const schema = z.object({
  rawQueryString: z._default(z.string(), ''),
  headers: z._default(z.record(z.string(), z.optional(z.string())), {}),
  cookies: z._default(z.array(z.string()), []),
  body: z._default(z.string(), ''),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({
    http: z.object({ method: z.string(), path: z.string(), sourceIp: z.optional(z.string()) }),
  }),
});

/** A request for a page. */
export interface PageRequest {
  method: string;
  /** Without the stage, e.g. `/decide`. */
  path: string;
  query: URLSearchParams;
  /** As it came, without the question mark. */
  rawQuery: string;
  cookies: ReadonlyMap<string, string>;
  /** The fields of a form; empty for anything else. */
  form: URLSearchParams;
  sourceIp: string;
}

/** @returns undefined for what is no HTTP API event (payload format 2.0) */
export function readPageRequest(event: unknown): PageRequest | undefined {
  const parsed = schema.safeParse(event);
  if (!parsed.success) return undefined;
  const { rawQueryString, cookies, requestContext } = parsed.data;
  const { method, path, sourceIp = 'an unknown address' } = requestContext.http;
  return {
    ...{ method, path, sourceIp },
    query: new URLSearchParams(rawQueryString),
    rawQuery: rawQueryString,
    cookies: new Map(cookies.map(splitCookie)),
    form: readForm(parsed.data),
  };
}

function splitCookie(cookie: string): [string, string] {
  const at = cookie.indexOf('=');
  return [cookie.slice(0, at).trim(), cookie.slice(at + 1).trim()];
}

function readForm({ headers, body, isBase64Encoded }: z.output<typeof schema>): URLSearchParams {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return new URLSearchParams();
  return new URLSearchParams(isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body);
}
