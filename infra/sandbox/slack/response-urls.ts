import { randomBytes } from 'node:crypto';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import { type HttpResponse, json } from '../aws/apigateway/response.ts';
import { messageContent } from './methods/message-content.ts';
import { SlackError } from './slack-error.ts';
import type { Message, Workspace } from './workspace.ts';

/** "Up to 5 times within 30 minutes" (docs.slack.dev, "Handling user interaction"). */
const USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

interface ResponseUrl {
  user: string;
  /** The message that was clicked; a command has none. */
  message: Message | null;
  usesLeft: number;
  expiresAt: number;
}

/** `response_url`s: where an app answers a click or a command later. */
export class ResponseUrls {
  readonly #urls = new Map<string, ResponseUrl>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** @returns the last part of the address */
  create(user: string, message: Message | null, now = Date.now()): string {
    const id = randomBytes(18).toString('base64url');
    this.#urls.set(id, { user, message, usesLeft: USES, expiresAt: now + LIFETIME_MS });
    return id;
  }

  /** A POST to `response_url`. */
  answer(id: string, request: HttpRequest, now = Date.now()): HttpResponse {
    const url = this.#urls.get(id);
    if (url === undefined || now > url.expiresAt) return json(404, '{"ok":false,"error":"expired_url"}');
    if (url.usesLeft === 0) return json(404, '{"ok":false,"error":"used_url"}');
    try {
      this.#apply(url, JSON.parse(request.body.toString('utf8')) as Record<string, unknown>);
    } catch (error) {
      if (error instanceof SlackError) return json(400, JSON.stringify({ ok: false, error: error.code }));
      if (error instanceof SyntaxError) return json(400, '{"ok":false,"error":"invalid_payload"}');
      throw error;
    }
    url.usesLeft -= 1;
    return json(200, '{"ok":true}');
  }

  #apply({ user, message }: ResponseUrl, body: Record<string, unknown>): void {
    if (message !== null && body.replace_original === true) {
      this.#workspace.edit(message, messageContent(body));
    } else {
      const ephemeralFor = body.response_type === 'in_channel' ? null : user;
      const threadTs = typeof body.thread_ts === 'string' ? body.thread_ts : null;
      const channel = message?.channel ?? this.#workspace.channel.id;
      this.#workspace.add({ ...messageContent(body), channel, ephemeralFor, threadTs });
    }
  }
}
