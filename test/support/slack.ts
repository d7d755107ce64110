import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { HttpRequest } from '../../infra/sandbox/aws/apigateway/event.ts';
import { createSlack, type FakeSlack } from '../../infra/sandbox/slack/slack.ts';
import { GENEROUS_MS } from './generous.ts';
import { startServer } from './local-server.ts';

export const TEAM = 'T0TESTING';
export const CHANNEL = 'C0TESTING';

type Json = Record<string, unknown>;

interface SlackCall {
  method: string;
  token: string | undefined;
  args: Json;
}

/** What a method answers: a body, an error code, a status, or nothing for ever. */
export type SlackAnswer = Json | { status: number; retryAfter?: number } | 'never';

/** The sandbox's Slack over HTTP, with what it was told. */
export interface RunningSlack extends FakeSlack {
  /** Calls of the Web API, oldest first. */
  calls: SlackCall[];
  callsOf(method: string): Json[];
  /** What was sent to any `response_url`. */
  told: Json[];
  /**
   * By method: what is answered in place of Slack, which is asked by `usual`; undefined leaves it to Slack. Slack
   * answers every other method.
   */
  answers: Map<
    string,
    (call: SlackCall, usual: () => Json) => SlackAnswer | undefined | Promise<SlackAnswer | undefined>
  >;
  close(): Promise<void>;
}

/**
 * The sandbox's Slack on a free loopback port.
 *
 * @param postingIntervalMs none between two messages in a channel unless given
 */
export async function startSlack(postingIntervalMs = 0): Promise<RunningSlack> {
  const calls: SlackCall[] = [];
  const told: Json[] = [];
  const answers: RunningSlack['answers'] = new Map();
  const { url, close } = await startServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    const usual = () => slack.handle(request);
    if (request.target.includes('/response/')) told.push(JSON.parse(request.body.toString()) as Json);
    const instead = request.target.includes('/api/') ? await answer(request, usual) : undefined;
    if (instead === 'never') return;
    const { status, headers, body } = instead ?? usual();
    response.writeHead(status, headers).end(body);
  });
  const slack = createSlack({
    ...{ teamId: TEAM, channelId: CHANNEL, publicUrl: url, postingIntervalMs, patienceMs: GENEROUS_MS },
    changed: () => undefined,
    send: () => Promise.reject(new Error('Nobody clicks here.')),
  });

  async function answer(request: HttpRequest, usual: () => ReturnType<FakeSlack['handle']>) {
    const call = readCall(request);
    calls.push(call);
    const usualBody = () => JSON.parse(usual().body.toString()) as Json;
    const given = await answers.get(call.method)?.(call, usualBody);
    return given === undefined || given === 'never' ? given : wire(given);
  }

  return {
    ...slack,
    ...{ calls, told, answers, close },
    callsOf: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  return {
    ...{ method: incoming.method ?? 'GET', target: incoming.url ?? '/', sourceIp: '127.0.0.1' },
    headers: incoming.headers as Record<string, string>,
    body: await buffer(incoming),
  };
}

function readCall({ target, headers, body }: HttpRequest): SlackCall {
  const form = [...new URLSearchParams(body.toString())];
  return {
    method: target.slice(target.indexOf('/api/') + '/api/'.length),
    token: headers.authorization?.replace('Bearer ', ''),
    args: Object.fromEntries(
      form.map(([key, value]) => [key, /^[[{]/.test(value) ? JSON.parse(value) : value]),
    ),
  };
}

function wire(given: Json) {
  const { status = 200, retryAfter, ...rest } = given as { status?: number; retryAfter?: number } & Json;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter);
  if (Array.isArray(rest.scopes)) headers['x-oauth-scopes'] = rest.scopes.join(',');
  return { status, headers, body: Buffer.from(JSON.stringify({ ok: !('error' in rest), ...rest })) };
}
