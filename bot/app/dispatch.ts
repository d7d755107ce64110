import { App, AwsLambdaReceiver } from '@slack/bolt';
import { createQuietLogger } from '../media/slack/api/quiet-logger.ts';
import type { AdmittedRequest, HttpResponse } from '../media/slack/requests/front-guard.ts';
import type { BotDeps } from './deps.ts';
import { registerListeners } from './register.ts';

type Dispatch = (admitted: AdmittedRequest) => Promise<HttpResponse>;

/**
 * Bolt behind the front guard. The signing secret is part of the receiver, so a new secret gets a new App; the bot
 * token is read by `deps.slack` at each call, so a new token needs none.
 */
export function createDispatch(deps: BotDeps): Dispatch {
  let built: { signingSecret: string; handler: ReturnType<AwsLambdaReceiver['toHandler']> } | undefined;
  return async ({ request, signingSecret }) => {
    if (built?.signingSecret !== signingSecret) {
      built = { signingSecret, handler: build(deps, signingSecret) };
    }
    // Bolt compares the content type as a whole and decodes base64 as ASCII: it is given the body as it was read.
    const headers = {
      'content-type': request.contentType,
      'x-slack-signature': request.signature,
      'x-slack-request-timestamp': request.timestamp,
    };
    const event = { version: '2.0', routeKey: '', rawPath: request.rawPath, rawQueryString: '' };
    return built.handler(
      { ...event, headers, body: request.body, isBase64Encoded: false, requestContext: {} },
      {},
    );
  };
}

function build(deps: BotDeps, signingSecret: string) {
  const logger = createQuietLogger(deps.log);
  const receiver = new AwsLambdaReceiver({ signingSecret, logger });
  const app = new App({
    receiver,
    logger,
    // Workspace and signature are verified already, and listeners call Slack through `deps.slack`; authorizing here
    // would only call auth.test at every cold start.
    authorize: async () => ({}),
    ignoreSelf: false,
    convoStore: false,
    clientOptions: {
      logger,
      fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(deps.limits.respondMs) }),
    },
  });
  // Thrown on, or Bolt would answer 200 after an early ack() and the click would be lost without a sign.
  app.error(async (error) => {
    deps.log.error('A Slack request failed; Slack shows the person a warning', { error });
    throw error;
  });
  registerListeners(app, deps);
  return receiver.toHandler();
}
