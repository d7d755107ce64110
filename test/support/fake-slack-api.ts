import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { startServer } from './local-server.ts';

type Json = Record<string, unknown>;

interface SlackCall {
  method: string;
  token: string | undefined;
  args: Json;
}

/** What a method answers: a body, an error code, or nothing for ever. */
export type SlackAnswer = Json | { status: number; retryAfter?: number } | 'never';

export interface FakeSlackApi {
  apiUrl: string;
  /** Where a click's or command's answer may be sent, as `response_url`. */
  responseUrl: string;
  /** Calls of the Web API, oldest first. */
  calls: SlackCall[];
  callsOf(method: string): Json[];
  /** What was sent to `responseUrl`. */
  told: Json[];
  /** Answers by method; a method without one answers `{ok: true}`. */
  answers: Map<string, (call: SlackCall) => SlackAnswer | Promise<SlackAnswer>>;
  close(): Promise<void>;
}

/** The side of Slack that the bot calls, on a free loopback port: it checks nothing and remembers everything. */
export async function startFakeSlackApi(): Promise<FakeSlackApi> {
  const calls: SlackCall[] = [];
  const told: Json[] = [];
  const answers: FakeSlackApi['answers'] = new Map();
  const { url, close } = await startServer(async (request, response) => {
    const body = await text(request);
    if (request.url === '/respond') {
      told.push(JSON.parse(body) as Json);
      response.end('ok');
      return;
    }
    const call = readCall(request, body);
    calls.push(call);
    const answer = (await answers.get(call.method)?.(call)) ?? {};
    if (answer === 'never') return;
    const { status, retryAfter, ...rest } = answer as { status?: number; retryAfter?: number } & Json;
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    if (Array.isArray(rest.scopes)) response.setHeader('x-oauth-scopes', rest.scopes.join(','));
    response.writeHead(status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: !('error' in rest), ...rest }));
  });
  return {
    apiUrl: `${url}/api/`,
    responseUrl: `${url}/respond`,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    told,
    answers,
    close,
  };
}

function readCall({ url, headers }: IncomingMessage, body: string): SlackCall {
  const args = Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [key, readValue(value)]),
  );
  return {
    method: (url ?? '').replace('/api/', ''),
    token: headers.authorization?.replace('Bearer ', ''),
    args,
  };
}

function readValue(value: string): unknown {
  return /^[[{]/.test(value) ? JSON.parse(value) : value;
}

/** A full member of the workspace, as `users.info` tells of one. */
export function member(id: string, name: string, overrides: Json = {}): Json {
  const handle = name.toLowerCase().replaceAll(' ', '.');
  return {
    user: {
      ...{ id, team_id: 'T0TESTING', name: handle, real_name: name, deleted: false, is_bot: false },
      ...{ is_restricted: false, is_ultra_restricted: false },
      profile: { email: `${handle}@example.com`, real_name: name, display_name: name },
      ...overrides,
    },
  };
}
