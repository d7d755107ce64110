import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { SandboxApi } from '../api/sandbox-api.ts';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import type { HttpApi } from '../aws/apigateway/http-api.ts';
import { type HttpResponse, json } from '../aws/apigateway/response.ts';
import type { PageFile } from '../page/build-page.ts';
import { type FakeSlack, SLACK_PATH } from '../slack/slack.ts';
import { isForThisMachine, isFromThisMachine } from './listen.ts';

interface PageServerParts {
  /** Asked for when somebody opens it. */
  page: () => Promise<ReadonlyMap<string, PageFile>>;
  api: SandboxApi;
  httpApi: HttpApi;
  slack: FakeSlack;
  failed: (error: unknown) => void;
}

/** Nothing that is sent here has a reason to be larger: 131,072 characters of a document, escaped, and some more. */
const LARGEST_BODY = 1024 * 1024;

/** Everything on the page's port: the page, its JSON API, the guard's HTTP API, and what stands for slack.com. */
export function createPageServer(parts: PageServerParts): RequestListener {
  return (request, response) => {
    route(request, response, parts).catch((error: unknown) => {
      parts.failed(error);
      if (!response.headersSent)
        send(response, json(500, '{"error":{"code":"Refused","message":"The sandbox failed."}}'));
    });
  };
}

async function route(
  incoming: IncomingMessage,
  response: ServerResponse,
  { page, api, httpApi, slack }: PageServerParts,
): Promise<void> {
  const path = (incoming.url ?? '/').split('?', 1)[0] ?? '/';
  // As on AWS, anybody may call the guard's own HTTP API, which trusts signatures alone; the form behind an e-mail
  // link has the origin `null`, because its page sends no referrer.
  if (!isForThisMachine(incoming) || !(isFromThisMachine(incoming) || httpApi.owns(path))) {
    return send(
      response,
      json(403, '{"error":{"code":"Refused","message":"The sandbox answers this machine only."}}'),
    );
  }
  if (path === '/api/events') return api.subscribe(incoming, response);
  const request = await read(incoming);
  if (request === undefined)
    return send(response, json(413, '{"error":{"code":"Refused","message":"The body is too large."}}'));
  if (path.startsWith('/api/')) return send(response, await api.handle(request));
  if (path.startsWith(SLACK_PATH)) return send(response, slack.handle(request));
  if (httpApi.owns(path)) return send(response, await httpApi.handle(request));
  const file = (await page()).get(path);
  if (file !== undefined) return sendFile(incoming, response, file);
  send(response, json(404, '{"error":{"code":"Refused","message":"There is nothing here."}}'));
}

function sendFile(
  { method }: IncomingMessage,
  response: ServerResponse,
  { contentType, body }: PageFile,
): void {
  if (method !== 'GET' && method !== 'HEAD') {
    send(response, json(405, '{"error":{"code":"Refused","message":"Use GET."}}'));
    return;
  }
  response.writeHead(200, {
    'content-type': contentType,
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(method === 'HEAD' ? undefined : body);
}

/** @returns undefined when the body is too large */
async function read(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What comes too much is read and dropped, so that the sender is there to read the refusal.
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY) return undefined;
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
  };
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, headers).end(body);
}
