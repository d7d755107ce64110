import type { HttpRequest } from '../aws/apigateway/event.ts';
import { type HttpResponse, json } from '../aws/apigateway/response.ts';
import type { Arguments, Methods } from './methods/method.ts';
import { SlackError, SlackRateLimit } from './slack-error.ts';
import { type Installation, requireScopes, type Tokens } from './tokens.ts';

/** Arguments that hold JSON, also in a form. */
const JSON_ARGUMENTS = new Set(['blocks', 'view', 'attachments', 'metadata']);

/** For methods that take the app's credentials in place of a token. */
const NO_INSTALLATION: Installation = { team: { id: '', name: '' }, scopes: [] };

/**
 * A call of Slack's Web API: form or JSON in, always JSON out, with HTTP 200 also when Slack says no
 * (docs.slack.dev, "Web API").
 *
 * @param name the method, e.g. `chat.postMessage`
 */
export function callWebApi(
  name: string,
  request: HttpRequest,
  methods: Methods,
  tokens: Tokens,
): HttpResponse {
  try {
    return run(name, request, methods, tokens);
  } catch (error) {
    if (error instanceof SlackRateLimit) {
      const answer = respond(
        { ok: false, error: 'ratelimited' },
        { 'retry-after': String(error.retryAfter) },
      );
      return { ...answer, status: 429 };
    }
    if (!(error instanceof SlackError)) throw error;
    return respond({ ok: false, error: error.code, ...error.details });
  }
}

function run(name: string, request: HttpRequest, methods: Methods, tokens: Tokens): HttpResponse {
  const method = methods[name];
  if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
  const args = { ...basicCredentials(request), ...readArguments(request) };
  if (method.withoutToken) {
    return respond({
      ok: true,
      ...method.run({ arguments: args, installation: NO_INSTALLATION, token: '' }),
    });
  }
  const token = tokenOf(request, args);
  const installation = tokens.find(token);
  requireScopes(installation, method.scopes);
  const answer = method.run({ arguments: args, installation, token: token ?? '' });
  return respond(
    { ok: true, ...answer },
    {
      'x-oauth-scopes': installation.scopes.join(','),
      'x-accepted-oauth-scopes': method.scopes.join(','),
    },
  );
}

function tokenOf(request: HttpRequest, args: Arguments): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? (typeof args.token === 'string' ? args.token : undefined);
}

/** `oauth.v2.access` also takes the app's credentials as HTTP Basic authentication. */
function basicCredentials(request: HttpRequest): Record<string, string> {
  const encoded = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return {};
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id: id, client_secret: secret.join(':') };
}

/** @throws SlackError invalid_form_data or invalid_json */
function readArguments(request: HttpRequest): Arguments {
  const body = request.body.toString('utf8');
  const query = Object.fromEntries(new URL(request.target, 'http://localhost').searchParams);
  if (request.headers['content-type']?.startsWith('application/json')) return { ...query, ...parse(body) };
  const form = [...new URLSearchParams(body)].map(([name, value]) => [
    name,
    JSON_ARGUMENTS.has(name) ? parseOrKeep(value) : value,
  ]);
  return { ...query, ...Object.fromEntries(form) };
}

function parse(body: string): Arguments {
  try {
    return JSON.parse(body || '{}') as Arguments;
  } catch (cause) {
    throw Object.assign(new SlackError('invalid_json'), { cause });
  }
}

/** What is no JSON stays text, and the method refuses it by its own error code. */
function parseOrKeep(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function respond(body: object, headers: Record<string, string> = {}): HttpResponse {
  const answer = json(200, JSON.stringify(body));
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/json; charset=utf-8', ...headers },
  };
}
