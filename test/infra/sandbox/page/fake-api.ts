import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { SandboxState, SlackReply } from '../../../../infra/sandbox/api/contract.ts';
import { createPage, type PageFile } from '../../../../infra/sandbox/page/build-page.ts';
import { startServer } from '../../../support/local-server.ts';

let bundled: Promise<Map<string, PageFile>> | undefined;

type Body = Record<string, unknown>;

export interface FakeApi {
  url: string;
  /** What the page asked for, oldest first. */
  received: { path: string; body: Body }[];
  /** The state as it is served; `change` tells the page of it. */
  state: SandboxState;
  change(update: (state: SandboxState) => void): void;
  /** What a path answers from now on: status and body, given what was asked. */
  answer(path: string, respond: (body: Body) => { status?: number; body: unknown }): void;
  stop(): Promise<void>;
}

export const SILENT: SlackReply = {
  ok: true,
  status: 200,
  warning: null,
  ephemeral: [],
  view: null,
  errors: null,
};

/** The sandbox's JSON API without a sandbox: it serves the page and a state, and answers as it is told to. */
export async function startFakeApi(state: SandboxState): Promise<FakeApi> {
  bundled ??= createPage();
  const page = await bundled;
  const listeners = new Set<ServerResponse>();
  const answers = new Map<string, (body: Body) => { status?: number; body: unknown }>();
  const received: FakeApi['received'] = [];

  const { url, close } = await startServer(async (request, response) => {
    const path = request.url ?? '/';
    const file = page.get(path);
    if (file) return response.setHeader('content-type', file.contentType).end(file.body);
    if (path === '/api/state') return sendJson(response, 200, state);
    if (path === '/api/events') return subscribe(request, response, listeners);
    if (request.method === 'GET') {
      const found = answers.get(path)?.({});
      return sendJson(response, found === undefined ? 404 : 200, found?.body ?? {});
    }
    const body = (await json(request)) as Body;
    received.push({ path, body });
    const answered = answers.get(path)?.(body) ?? { body: SILENT };
    return sendJson(response, answered.status ?? 200, answered.body);
  });

  return {
    ...{ url, received, state },
    change(update) {
      update(state);
      for (const listener of listeners) listener.write('data: changed\n\n');
    },
    answer: (path, respond) => void answers.set(path, respond),
    async stop() {
      for (const listener of listeners) listener.destroy();
      await close();
    },
  };
}

function subscribe(request: IncomingMessage, response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': connected\n\n');
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
