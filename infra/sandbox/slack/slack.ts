import { randomBytes } from 'node:crypto';
import { SCOPES } from '../../../bot/media/slack/scopes.ts';
import type { HttpRequest } from '../aws/apigateway/event.ts';
import { type HttpResponse, json } from '../aws/apigateway/response.ts';
import { markedSecret } from '../marked-secret.ts';
import { Interactions } from './interactions.ts';
import { authMethods } from './methods/auth.ts';
import { chatMethods } from './methods/chat.ts';
import { peopleMethods } from './methods/people.ts';
import { viewMethods } from './methods/views.ts';
import { OAuth } from './oauth.ts';
import { PostingLimit } from './rate-limit.ts';
import { ResponseUrls } from './response-urls.ts';
import { Tokens } from './tokens.ts';
import { createTraffic, type Traffic } from './traffic/traffic.ts';
import { Triggers } from './triggers.ts';
import { callWebApi } from './web-api.ts';
import { Workspace, type WorkspaceSettings } from './workspace.ts';

/** What stands for https://slack.com on the page's port. */
export const SLACK_PATH = '/slack.com/';

/**
 * "Must acknowledge within 3 seconds" (docs.slack.dev, "Handling user interaction"); "Trigger ids expire in three
 * seconds" ("Opening modals").
 */
const PATIENCE_MS = 3000;

/** What fails while lookups are down. */
const LOOKUPS = /^(users\.(info|lookupByEmail)|usergroups\..+)$/;

interface SlackOptions extends WorkspaceSettings {
  /** Address of the page's port without a trailing slash, e.g. `http://localhost:3000`. */
  publicUrl: string;
  /** The bot's HTTP API. */
  send: (request: HttpRequest) => Promise<HttpResponse>;
  changed: () => void;
  /** Between two messages in a channel; Slack's own limit unless given. */
  postingIntervalMs?: number | undefined;
  /** How long an answer and a modal may take after a click; as long as with Slack unless given. */
  patienceMs?: number | undefined;
}

/** Slack, as far as the bot can tell: one workspace with one channel. */
export interface FakeSlack {
  workspace: Workspace;
  interactions: Interactions;
  tokens: Tokens;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  /** What Slack and the functions said to each other. */
  traffic: Traffic;
  /** What belongs into the secret of an app that has been installed. A new signing secret is used at once. */
  secret: { signingSecret: string; clientId: string; clientSecret: string; botToken: string };
  apiUrl: string;
  /** Serves everything under SLACK_PATH. */
  handle(request: HttpRequest): HttpResponse;
}

export function createSlack(options: SlackOptions): FakeSlack {
  const { publicUrl, send, changed, patienceMs = PATIENCE_MS, now = () => new Date() } = options;
  const workspace = new Workspace(options, changed);
  const tokens = new Tokens();
  const triggers = new Triggers(patienceMs);
  const responseUrls = new ResponseUrls(workspace);
  const traffic = createTraffic(changed);
  const secret = {
    signingSecret: markedSecret(32),
    clientId: `${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(5).readUIntBE(0, 5)}`,
    clientSecret: markedSecret(32),
    botToken: tokens.issue({ team: workspace.team, scopes: SCOPES }),
  };
  const oauth = new OAuth({ ...secret, redirectUri: `${publicUrl}/slack/oauth_redirect` }, workspace, tokens);
  const methods = {
    ...authMethods(workspace, tokens),
    ...chatMethods(workspace, new PostingLimit(options.postingIntervalMs)),
    ...peopleMethods(workspace),
    ...viewMethods(workspace, triggers),
    ...oauth.methods(),
  };

  function handle(request: HttpRequest): HttpResponse {
    const path = new URL(request.target, publicUrl).pathname.slice(SLACK_PATH.length);
    // This one is asked by a browser.
    if (path === 'oauth/v2/authorize') return workspace.up ? oauth.authorize(request) : unavailable();
    const answered = traffic.asked('guard', request, path);
    const response = respond(request, path);
    answered(response);
    return response;
  }

  function respond(request: HttpRequest, path: string): HttpResponse {
    if (!workspace.up) return unavailable();
    const [area, name = ''] = path.split('/');
    if (area === 'response' && request.method === 'POST') return responseUrls.answer(name, request);
    if (area === 'api' && LOOKUPS.test(name) && !workspace.lookups) return unavailable();
    if (area === 'api') return callWebApi(name, request, methods, tokens);
    return json(404, '{"ok":false,"error":"not_found"}');
  }

  async function deliver(request: HttpRequest): Promise<HttpResponse> {
    const answered = traffic.asked('slack', request);
    const response = await send(request);
    answered(response);
    return response;
  }

  const interactions = new Interactions({
    ...{ workspace, triggers, responseUrls, responseUrlBase: `${publicUrl}${SLACK_PATH}response/` },
    delivery: {
      ...{ send: deliver, host: new URL(publicUrl).host, now, patienceMs },
      signingSecret: () => secret.signingSecret,
    },
  });
  return {
    workspace,
    interactions,
    tokens,
    triggers,
    responseUrls,
    traffic,
    secret,
    apiUrl: `${publicUrl}${SLACK_PATH}api/`,
    handle,
  };
}

function unavailable(): HttpResponse {
  return json(503, '{"ok":false,"error":"service_unavailable"}');
}
