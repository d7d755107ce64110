import type { HttpRequest } from '../../../../infra/sandbox/aws/apigateway/event.ts';
import type { HttpResponse } from '../../../../infra/sandbox/aws/apigateway/response.ts';
import { createSlack, type FakeSlack } from '../../../../infra/sandbox/slack/slack.ts';

export const CHANNEL = 'C0TESTING';
const OK: HttpResponse = { status: 200, headers: {}, body: Buffer.alloc(0) };

export interface Setup {
  slack: FakeSlack;
  /** What the bot was sent. */
  sent: HttpRequest[];
  /** Calls the Web API as the bot. */
  call(method: string, args?: Record<string, unknown>, token?: string): Promise<Called>;
}

interface Called {
  status: number;
  headers: HttpResponse['headers'];
  body: Record<string, never> & { ok: boolean; error?: string };
}

/** A fake Slack whose bot answers as told. */
export function setUp(
  bot: (slack: FakeSlack, request: HttpRequest) => HttpResponse | Promise<HttpResponse> = () => OK,
): Setup {
  const sent: HttpRequest[] = [];
  const slack: FakeSlack = createSlack({
    teamId: 'T0TESTING',
    channelId: CHANNEL,
    publicUrl: 'http://localhost:3000',
    changed: () => undefined,
    send: async (request) => {
      sent.push(request);
      return bot(slack, request);
    },
  });
  const call = async (method: string, args = {}, token = slack.secret.botToken) =>
    callApi(slack, method, args, token);
  return { slack, sent, call };
}

export function callApi(
  slack: Pick<FakeSlack, 'handle'>,
  method: string,
  args: object,
  token: string,
): Called {
  const request = post(`/slack.com/api/${method}`, JSON.stringify(args), {
    'content-type': 'application/json; charset=utf-8',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  });
  const { status, headers, body } = slack.handle(request);
  return { status, headers, body: JSON.parse(body.toString()) };
}

/** The view that a call answered with. */
export function viewIn(body: Called['body']): { id: string; hash: string } {
  return body.view as unknown as { id: string; hash: string };
}

export function post(target: string, body: string, headers: Record<string, string> = {}): HttpRequest {
  return { method: 'POST', target, headers, body: Buffer.from(body), sourceIp: '127.0.0.1' };
}

export function answer(body: object | string, status = 200): HttpResponse {
  return { status, headers: {}, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

export const APPROVE = {
  type: 'actions',
  block_id: 'decision',
  elements: [
    {
      type: 'button',
      action_id: 'approve',
      value: 'r1',
      style: 'primary',
      text: { type: 'plain_text', text: 'Approve' },
    },
  ],
};
