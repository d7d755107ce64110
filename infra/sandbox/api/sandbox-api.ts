import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from '../../../workflow/runtime/zod.ts';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import { type HttpResponse, json } from '../aws/apigateway/response.ts';
import { faultsBody } from '../faults/body.ts';
import type { Faults } from '../faults/faults.ts';
import { InteractionError } from '../slack/interaction-error.ts';
import type { Interactions } from '../slack/interactions.ts';
import { ApiError } from './api-error.ts';
import type { CourseState, ExchangeState, SandboxState } from './contract.ts';
import { createTicker } from './ticker.ts';

interface SandboxApiParts {
  state: () => Promise<SandboxState>;
  /** Undefined where there is no such execution. */
  course: (name: string) => CourseState | undefined;
  /** Undefined where there is no such exchange, or it is kept no longer. */
  exchange: (id: string) => ExchangeState | undefined;
  interactions: Interactions;
  makeChange: (change: z.output<typeof changeBody>) => Promise<object>;
  /** Asks for the daily summary, now. */
  summarise: () => Promise<void>;
  /** Mails every request that waits, as an operator asks for it where no clicks arrive. */
  mailWaiting: () => Promise<object>;
  /** Looks for what does not go on by itself, and sweeps the account, now. */
  reconcile: () => Promise<object>;
  faults: Faults;
  /** Fills the account with what was there before the guard. */
  fillAccount: (account: z.output<typeof accountBody>) => object;
}

export interface SandboxApi {
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** Server-sent events: one for each change of the state. */
  subscribe(request: IncomingMessage, response: ServerResponse): void;
  /** Something has changed. */
  changed(): void;
  close(): void;
}

const id = z.string().check(z.minLength(1));
const choice = { user: id, action_id: id, block_id: z.optional(id), value: z.optional(z.string()) };
/** Where a request stands in Slack, as the state tells it; channel and `ts` are what counts. */
const place = { channel: id, ts: id, threadTs: z.optional(id), permalink: z.optional(id) };
/** Block id → action id → what the input holds. */
const values = z.record(z.string(), z.record(z.string(), z.looseObject({})));
const actionBody = z.union(
  [
    z.strictObject({ ...choice, ...place, values: z.optional(values) }),
    z.strictObject({ ...choice, view_id: id }),
  ],
  'must be {user, channel, ts, action_id} or {user, view_id, action_id}, with block_id and value if need be, and values of a message’s inputs',
);
const commandBody = z.strictObject({
  user: id,
  command: id.check(z.startsWith('/')),
  text: z._default(z.string(), ''),
});
const viewBody = z.strictObject({
  user: id,
  view_id: id,
  values: z._default(values, {}),
});
const closeBody = z.strictObject({ user: id, view_id: id });
const homeBody = z.strictObject({ user: id });
const changeBody = z.strictObject({
  /** Access key id, label or ARN of who makes the change; the default caller unless given. */
  caller: z.optional(id),
  operation: z
    .string()
    .check(z.regex(/^[A-Z][A-Za-z]{2,60}$/, 'must be the name of an IAM call, e.g. CreatePolicy')),
  parameters: z._default(z.record(z.string(), z.unknown()), {}),
});
/** As IAM's quotas have them at most. */
const accountBody = z.strictObject({
  policies: z.int().check(z.gte(0), z.lte(10_000)),
  principals: z.int().check(z.gte(1), z.lte(6_000)),
  restricted: z._default(z.int().check(z.gte(0), z.lte(10_000)), 0),
  recent: z._default(z.int().check(z.gte(0), z.lte(6_000)), 0),
});

const nothing = z.strictObject({});

/** The JSON API of the page, for tests and scripts too; described in `infra/sandbox/README.md`. */
export function createSandboxApi(parts: SandboxApiParts): SandboxApi {
  const { interactions, makeChange, faults } = parts;
  const ticker = createTicker();
  const posts: Readonly<Record<string, (body: unknown) => Promise<object> | object>> = {
    '/api/slack/actions': taking(actionBody, (click) => interactions.click(click)),
    '/api/slack/commands': taking(commandBody, (command) => interactions.command(command)),
    '/api/slack/views': taking(viewBody, (submitted) => interactions.submit(submitted)),
    '/api/slack/views/close': taking(closeBody, (closed) => interactions.close(closed)),
    '/api/slack/home': taking(homeBody, (opened) => interactions.openHome(opened)),
    '/api/changes': taking(changeBody, makeChange),
    '/api/account': taking(accountBody, parts.fillAccount),
    '/api/faults': taking(faultsBody, (wanted) => faults.set(wanted)),
    '/api/reconcile': taking(nothing, () => parts.reconcile()),
    '/api/mail-waiting': taking(nothing, () => parts.mailWaiting()),
    '/api/summary': taking(nothing, async () => {
      await parts.summarise();
      return { ok: true };
    }),
  };
  const read = async (path: string): Promise<object | undefined> => {
    if (path === '/api/state') return parts.state();
    if (path === '/api/faults') return faults.read();
    const [, kind, name = ''] = /^\/api\/(executions|exchanges)\/([\w-]+)$/.exec(path) ?? [];
    if (kind === undefined) return undefined;
    return kind === 'executions' ? parts.course(name) : parts.exchange(name);
  };
  return {
    ...ticker,
    async handle({ method, target, body }) {
      const path = target.split('?', 1)[0] ?? target;
      try {
        const post = Object.hasOwn(posts, path) ? posts[path] : undefined;
        if (post !== undefined && method === 'POST') return answer(200, await post(parse(body)));
        const found = await read(path);
        if (found !== undefined && method === 'GET') return answer(200, found);
        const methods = [found && 'GET', post && 'POST'].filter((each) => each !== undefined);
        if (methods.length === 0) return problem(404, 'NotFound', `There is no ${path} here.`);
        return problem(405, 'MethodNotAllowed', `Use ${methods.join(' or ')}.`);
      } catch (error) {
        if (error instanceof ApiError) return problem(error.status, error.code, error.message);
        if (error instanceof InteractionError) return problem(404, 'NotFound', error.message);
        throw error;
      }
    },
  };
}

function taking<Schema extends z.ZodMiniType>(
  schema: Schema,
  handle: (body: z.output<Schema>) => Promise<object> | object,
) {
  return (body: unknown) => {
    const parsed = schema.safeParse(body);
    if (parsed.success) return handle(parsed.data);
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
    );
    throw new ApiError(400, 'BadRequest', problems.join('; '));
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ApiError(400, 'BadRequest', 'The body must be JSON.');
  }
}

function problem(status: number, code: string, message: string): HttpResponse {
  return answer(status, { error: { code, message } });
}

function answer(status: number, body: object): HttpResponse {
  return json(status, JSON.stringify(body));
}
