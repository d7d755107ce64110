import { createHmac } from 'node:crypto';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import type { HttpResponse } from '../aws/apigateway/response.ts';

export interface Answer {
  /** The HTTP status; 0 when there was no answer in time. */
  status: number;
  /** Empty, or the JSON of the answer; text counts as `{"text": …}`, as for a slash command. */
  body: Record<string, unknown>;
  /** What Slack would show when the answer is late or is none. */
  warning: string | null;
}

export interface DeliveryOptions {
  /** The address that Slack was told for events: the bot's HTTP API. */
  send: (request: HttpRequest) => Promise<HttpResponse>;
  host: string;
  /** As Slack has it at this moment. */
  signingSecret: () => string;
  /** Slack's clock. */
  now: () => Date;
  /** How long the app may take to answer, in milliseconds. */
  patienceMs: number;
}

/** What is posted to the bot. */
export interface Content {
  type: string;
  body: string;
}

/** Commands and interactions come as forms. */
export function formContent(form: Record<string, string>): Content {
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() };
}

/** Events come as JSON. */
export function jsonContent(value: object): Content {
  return { type: 'application/json', body: JSON.stringify(value) };
}

/**
 * Sends something to the bot, signed as Slack signs it, and waits as long as Slack does. What answers later is still
 * carried through.
 */
export async function deliver({ type, body }: Content, options: DeliveryOptions): Promise<Answer> {
  const request: HttpRequest = {
    method: 'POST',
    target: '/slack/events',
    headers: {
      host: options.host,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'content-type': type,
      ...sign(body, options.signingSecret(), Math.floor(options.now().getTime() / 1000)),
    },
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
  };
  const { promise: late, resolve } = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => resolve('late'), options.patienceMs);
  try {
    return understand(await Promise.race([options.send(request), late]));
  } finally {
    clearTimeout(timer);
  }
}

function understand(response: HttpResponse | 'late'): Answer {
  if (response === 'late') {
    return { status: 0, body: {}, warning: 'operation_timeout: the app did not answer within 3 seconds' };
  }
  const ok = response.status >= 200 && response.status < 300;
  const warning = ok ? null : `dispatch_failed: the app answered with HTTP ${response.status}`;
  return { status: response.status, body: parse(response.body.toString('utf8')), warning };
}

function parse(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { text };
  } catch {
    return { text };
  }
}

/** Slack's signature of a request (docs.slack.dev, "Verifying requests from Slack"). @param now Unix seconds */
function sign(body: string, secret: string, now: number): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${now}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(now), 'x-slack-signature': `v0=${mac}` };
}
