import { createHmac } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SlackLimits } from '../../../bot/app/limits.ts';
import { createSlackHandler } from '../../../bot/functions/slack.ts';
import type { HttpResponse } from '../../../bot/media/slack/requests/front-guard.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { AwsError } from '../../../infra/sandbox/aws/front-door/service.ts';
import { appHomeOpened } from '../../../infra/sandbox/slack/event-payloads.ts';
import {
  messageClick,
  slashCommand,
  viewClick,
  viewSubmission,
} from '../../../infra/sandbox/slack/interaction-payloads.ts';
import type { Person } from '../../../infra/sandbox/slack/people.ts';
import type { View } from '../../../infra/sandbox/slack/views.ts';
import type { Message } from '../../../infra/sandbox/slack/workspace.ts';
import { createLedger, type Ledger } from '../../../workflow/ledger/ledger.ts';
import { startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { GENEROUS_SLACK } from '../../support/generous.ts';
import { CHANNEL, type RunningSlack, startSlack, TEAM } from '../../support/slack.ts';

export { CHANNEL, TEAM };
export const SIGNING_SECRET = '5ec2e76789abcdef0123456789abcdef';

/** The message on which people click. */
export const MESSAGE = { channel: CHANNEL, ts: '1772366404.000100' };

export type PersonId = 'U0ADALOVE' | 'U0GRACEHO' | 'U0DANALEE' | 'U0GUESTGU';

type Form = Record<string, string>;

/** For what hangs, in milliseconds: what answers takes less, also on a busy machine. */
export const GIVEN_UP_MS = 2_000;

/** Time for everything, but hardly a pause. */
const LIMITS: SlackLimits = {
  ...GENEROUS_SLACK,
  onceMore: { ...GENEROUS_SLACK.onceMore, pauseMs: 10 },
};

/** What Lambda tells the function. */
const CONTEXT = {
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:policy-guard-slack',
  getRemainingTimeInMillis: () => 60_000,
};

/** What the state machine was told. */
interface TaskResult {
  taskToken: string;
  output?: string;
  error?: string;
  cause?: string;
}

export interface World {
  /** The function itself, as the HTTP API calls it. */
  invoke(event: unknown): Promise<HttpResponse>;
  /** What Slack would send, signed and form-encoded; `change` makes it worse. */
  event(form: Form, change?: EventChange): object;
  /** Clicks a button of the message; `payload` makes of it what Slack would not send. */
  click(
    actionId: string,
    value: string,
    overrides?: { user?: PersonId; payload?: object },
  ): Promise<HttpResponse>;
  /** Submits a modal as Slack would; without a reason it has no input. */
  submit(
    callbackId: string,
    metadata: object,
    reason?: string | null,
    user?: PersonId,
  ): Promise<HttpResponse>;
  /** Waits for what the function does in the background. @throws what a job has thrown, as Lambda would see it */
  background(): Promise<void>;
  /** Submits the reason for a denial. */
  deny(requestId: string, user?: PersonId, reason?: string): Promise<HttpResponse>;
  command(text: string, overrides?: Form): Promise<HttpResponse>;
  /** A click in a modal, or else on App Home, which comes without a channel and a `response_url`. */
  clickInView(
    actionId: string,
    value: string,
    where?: { user?: PersonId; view?: View },
  ): Promise<HttpResponse>;
  openHome(user?: PersonId, overrides?: object): Promise<HttpResponse>;
  /** From now on Slack says this of everybody. */
  profiles(change: object): void;
  slack: RunningSlack;
  ledger: Ledger;
  results: TaskResult[];
  /** How many calls the ledger has had so far. */
  ledgerCalls(): number;
  /** Step Functions takes what it is told when this is settled. */
  delivered: () => Promise<unknown>;
  /** These services answer nothing but errors. */
  down: Set<string>;
  storeSecret(secret: Record<string, string>): Promise<void>;
  /** The same function with other settings, and perhaps with little time for something. */
  withSettings(settings: Record<string, string>, limits?: Partial<SlackLimits>): void;
  stop(): Promise<void>;
}

export interface EventChange {
  secret?: string;
  at?: number;
  base64?: boolean;
  headers?: Record<string, string | undefined>;
  body?: string;
}

/** AWS and Slack as the function sees them: real HTTP over loopback, and nothing of the function replaced. */
export async function startWorld(): Promise<World> {
  const results: TaskResult[] = [];
  const jobs: Promise<unknown>[] = [];
  const slack = await startSlack();
  slack.workspace.add({ ...MESSAGE, text: 'A request', blocks: [] });
  const send = async (input: Record<string, unknown>) => {
    if (results.some(({ taskToken }) => taskToken === input.taskToken)) {
      throw new AwsError('TaskTimedOut', 'A token is taken once.');
    }
    results.push(input as unknown as TaskResult);
    await world.delivered();
    return {};
  };
  const { aws, down, calls, configOf, stop } = await startAwsEndpoint(
    { SendTaskSuccess: send, SendTaskFailure: send },
    {
      events: { DescribeRule: () => ({ Name: 'policy-guard', State: 'ENABLED' }) },
      lambda: {
        Invoke: ({ Payload }) => {
          jobs.push(handler(JSON.parse(String(Payload)), CONTEXT));
          return { status: 202 };
        },
      },
    },
  );
  const config = configOf('slack');
  await createLedgerTable('ledger', config);
  const secret = { ...slack.secret, signingSecret: SIGNING_SECRET };
  const secretArn = aws.secrets.addSecret('slack', JSON.stringify(secret));
  const environment = {
    ...{
      SLACK_CHANNEL: CHANNEL,
      SLACK_TEAM_ID: TEAM,
      SLACK_API_URL: slack.apiUrl,
      SLACK_SECRET_ARN: secretArn,
    },
    ...{ TABLE_NAME: 'ledger', TOPIC_ARN: aws.sns.addTopic('notices', 'security@example.com') },
    ...{ PUBLIC_URL: 'https://guard.example.com', EVENT_RULE_NAME: 'policy-guard' },
    ...{ APPROVERS: 'U0ADALOVE,U0GRACEHO,U0DANALEE,U0GUESTGU', LOG_LEVEL: 'ERROR' },
  };
  let handler = createSlackHandler(environment, config, LIMITS);
  const invoke = async (event: unknown) => (await handler(event, CONTEXT)) as HttpResponse;
  const { workspace } = slack;
  const person = (id: string, view?: View) => {
    const found = workspace.person(id);
    if (found === undefined) throw new Error(`There is nobody with the id ${id}.`);
    return { person: found, triggerId: slack.triggers.create(id, view?.id) };
  };
  const responseUrl = (by: Person, message: Message | null) =>
    new URL(`../response/${slack.responseUrls.create(by.id, message)}`, slack.apiUrl).href;
  const world: World = {
    delivered: async () => {},
    background: async () => {
      while (jobs.length > 0) await jobs.shift();
    },
    ...{ invoke, event: signedEvent, slack, results, down },
    ledgerCalls: () => calls.filter((call) => call.startsWith('DynamoDB_')).length,
    ledger: createLedger({ tableName: 'ledger', aws: config, timeouts: GENEROUS_SLACK.ledger }),
    click: (actionId, value, { user = 'U0ADALOVE', payload = {} } = {}) => {
      const by = person(user);
      const message = workspace.message(MESSAGE.channel, MESSAGE.ts);
      if (message === undefined) throw new Error('The message is gone.');
      const click = messageClick(workspace, {
        ...{ ...by, message, clicked: button(actionId, value) },
        ...{ responseUrl: responseUrl(by.person, message), values: {} },
      });
      return invoke(signedEvent({ payload: JSON.stringify({ ...click, ...payload }) }));
    },
    submit: (callbackId, metadata, reason, user = 'U0ADALOVE') => {
      const content = { type: 'modal', callback_id: callbackId, private_metadata: JSON.stringify(metadata) };
      const view = workspace.views.open(user, content);
      const values =
        reason === undefined ? {} : { reason: { reason: { type: 'plain_text_input', value: reason } } };
      const submission = viewSubmission(workspace, { ...person(user, view), view, values });
      return invoke(signedEvent({ payload: JSON.stringify(submission) }));
    },
    deny: (requestId, user = 'U0ADALOVE', reason = 'Not without a ticket.') =>
      world.submit('deny', { requestId, channel: CHANNEL }, reason, user),
    command: (text, overrides = {}) => {
      const by = person('U0ADALOVE');
      const typed = { command: '/policy-guard', text, responseUrl: responseUrl(by.person, null) };
      return invoke(signedEvent({ ...slashCommand(workspace, { ...by, ...typed }), ...overrides }));
    },
    clickInView: (actionId, value, { user = 'U0ADALOVE', view } = {}) => {
      const on = view ?? workspace.views.publish(user, { type: 'home', blocks: [] });
      const click = viewClick(workspace, { ...person(user, on), view: on, clicked: button(actionId, value) });
      return invoke(signedEvent({ payload: JSON.stringify(click) }));
    },
    openHome: (user = 'U0ADALOVE', overrides = {}) =>
      invoke(signedJson({ ...appHomeOpened(workspace, person(user).person), ...overrides })),
    profiles: (change) => {
      slack.answers.set('users.info', (_, usual) => {
        const { user, ...rest } = usual() as { user?: object };
        return { ...rest, user: { ...user, ...change } };
      });
    },
    storeSecret: async (stored) => {
      const client = new SecretsManagerClient(config);
      await client.send(
        new PutSecretValueCommand({
          SecretId: secretArn,
          SecretString: JSON.stringify({ ...secret, ...stored }),
        }),
      );
    },
    withSettings: (settings, limits = {}) => {
      handler = createSlackHandler({ ...environment, ...settings }, config, { ...LIMITS, ...limits });
    },
    stop: async () => void (await Promise.all([stop(), slack.close()])),
  };
  return world;
}

/** An HTTP API event (payload format 2.0) with what Slack sends. */
export function signedEvent(form: Form, change: EventChange = {}): object {
  return signed(new URLSearchParams(form).toString(), change);
}

/** The same with what Slack sends of its Events API. */
export function signedJson(body: object, change: EventChange = {}): object {
  const headers = { 'content-type': 'application/json', ...change.headers };
  return signed(JSON.stringify(body), { ...change, headers });
}

function signed(sent: string, change: EventChange): object {
  const timestamp = String(change.at ?? Math.floor(Date.now() / 1000));
  const hmac = createHmac('sha256', change.secret ?? SIGNING_SECRET).update(`v0:${timestamp}:${sent}`);
  const body = change.body ?? sent;
  return {
    ...{ version: '2.0', routeKey: 'POST /slack/events', rawPath: '/slack/events', rawQueryString: '' },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
      ...change.headers,
    },
    requestContext: { http: { method: 'POST', path: '/slack/events', sourceIp: '192.0.2.1' } },
    body: change.base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: change.base64 ?? false,
  };
}

function button(actionId: string, value: string) {
  return { blockId: 'decision', element: { type: 'button', action_id: actionId, value } };
}
