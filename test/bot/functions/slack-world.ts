import { createHmac } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SlackLimits } from '../../../bot/app/limits.ts';
import { createSlackHandler } from '../../../bot/functions/slack.ts';
import type { HttpResponse } from '../../../bot/media/slack/requests/front-guard.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { createLedger, type Ledger } from '../../../workflow/ledger/ledger.ts';
import { startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { type FakeSlackApi, member, startFakeSlackApi } from '../../support/fake-slack-api.ts';
import { GENEROUS_SLACK } from '../../support/generous.ts';

export const TEAM = 'T0TESTING';
export const CHANNEL = 'C0TESTING';
export const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';
export const BOT_TOKEN = 'xoxb-first-token';

export const PEOPLE = {
  U0ADA: member('U0ADA', 'Ada Lovelace'),
  U0GRACE: member('U0GRACE', 'Grace Hopper'),
  U0DANA: member('U0DANA', 'Dana', { profile: { email: 'dana@example.com' } }),
  U0GUEST: member('U0GUEST', 'Gus Guest', { is_restricted: true }),
} as const;
export type PersonId = keyof typeof PEOPLE;

type Form = Record<string, string>;

/** For what hangs, in milliseconds: what answers takes less, also on a busy machine. */
export const GIVEN_UP_MS = 2_000;

/** Time for everything, but hardly a pause. */
const LIMITS: SlackLimits = {
  ...GENEROUS_SLACK,
  onceMore: { ...GENEROUS_SLACK.onceMore, pauseMs: 10 },
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
  click(
    actionId: string,
    requestId: string,
    overrides?: { user?: PersonId; payload?: object },
  ): Promise<HttpResponse>;
  /** Submits a modal as Slack would; without a reason it has no input. */
  submit(
    callbackId: string,
    metadata: object,
    reason?: string | null,
    user?: PersonId,
  ): Promise<HttpResponse>;
  /** Submits the reason for a denial. */
  deny(requestId: string, user?: PersonId, reason?: string): Promise<HttpResponse>;
  command(text: string, overrides?: Form): Promise<HttpResponse>;
  /** A click in a modal or on App Home, which comes without a channel and a `response_url`. */
  clickInView(
    actionId: string,
    value: string,
    view: object,
    overrides?: { user?: PersonId },
  ): Promise<HttpResponse>;
  openHome(user?: PersonId, overrides?: object): Promise<HttpResponse>;
  slack: FakeSlackApi;
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
  const slack = await startFakeSlackApi();
  slack.answers.set('users.info', ({ args }) => PEOPLE[args.user as PersonId] ?? { error: 'user_not_found' });
  const send = async (input: Record<string, unknown>) => {
    results.push(input as unknown as TaskResult);
    await world.delivered();
    return {};
  };
  const { aws, down, calls, configOf, stop } = await startAwsEndpoint(
    { SendTaskSuccess: send, SendTaskFailure: send },
    { events: { DescribeRule: () => ({ Name: 'policy-guard', State: 'ENABLED' }) } },
  );
  const config = configOf('slack');
  await createLedgerTable('ledger', config);
  const secret = { signingSecret: SIGNING_SECRET, clientId: '1.2', clientSecret: 'c', botToken: BOT_TOKEN };
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
    ...{ APPROVERS: Object.keys(PEOPLE).join(), LOG_LEVEL: 'ERROR' },
  };
  let handler = createSlackHandler(environment, config, LIMITS);
  const invoke = (event: unknown) => handler(event, {});
  const world: World = {
    delivered: async () => {},
    ...{ invoke, event: signedEvent, slack, results, down },
    ledgerCalls: () => calls.filter((call) => call.startsWith('DynamoDB_')).length,
    ledger: createLedger({ tableName: 'ledger', aws: config, timeouts: GENEROUS_SLACK.ledger }),
    click: (actionId, requestId, { user = 'U0ADA', payload = {} } = {}) => {
      const click = { ...blockActions(actionId, requestId, user, slack.responseUrl), ...payload };
      return invoke(signedEvent({ payload: JSON.stringify(click) }));
    },
    submit: (callbackId, metadata, reason, user = 'U0ADA') =>
      invoke(signedEvent({ payload: JSON.stringify(viewSubmission(callbackId, metadata, reason, user)) })),
    deny: (requestId, user = 'U0ADA', reason = 'Not without a ticket.') =>
      world.submit('deny', { requestId, channel: CHANNEL }, reason, user),
    command: (text, overrides = {}) =>
      invoke(signedEvent({ ...slashCommand(text, slack.responseUrl), ...overrides })),
    clickInView: (actionId, value, view, { user = 'U0ADA' } = {}) => {
      const { response_url, channel, ...click } = blockActions(actionId, value, user, '');
      const inView = { ...click, view, container: { type: 'view', view_id: 'V0' } };
      return invoke(signedEvent({ payload: JSON.stringify(inView) }));
    },
    openHome: (user = 'U0ADA', overrides = {}) => invoke(signedJson({ ...homeOpened(user), ...overrides })),
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

function blockActions(actionId: string, requestId: string, user: PersonId, responseUrl: string) {
  return {
    ...{ type: 'block_actions', trigger_id: 'trigger', response_url: responseUrl, api_app_id: 'A0' },
    team: { id: TEAM, domain: 'testing' },
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TEAM },
    channel: { id: CHANNEL, name: 'security' },
    container: { type: 'message', message_ts: '1772366404.000100', channel_id: CHANNEL },
    is_enterprise_install: false,
    enterprise: null,
    actions: [
      { type: 'button', block_id: 'decision', action_id: actionId, value: requestId, action_ts: '1.2' },
    ],
  };
}

function viewSubmission(
  callbackId: string,
  metadata: object,
  reason: string | null | undefined,
  user: PersonId,
) {
  return {
    ...{ type: 'view_submission', api_app_id: 'A0', is_enterprise_install: false, enterprise: null },
    team: { id: TEAM, domain: 'testing' },
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TEAM },
    view: {
      ...{ id: 'V0', type: 'modal', callback_id: callbackId, private_metadata: JSON.stringify(metadata) },
      state: {
        values:
          reason === undefined ? {} : { reason: { reason: { type: 'plain_text_input', value: reason } } },
      },
    },
  };
}

function slashCommand(text: string, responseUrl: string): Form {
  return {
    ...{ command: '/policy-guard', text, response_url: responseUrl, trigger_id: 'trigger', api_app_id: 'A0' },
    ...{ team_id: TEAM, team_domain: 'testing', channel_id: CHANNEL, channel_name: 'security' },
    ...{ user_id: 'U0ADA', user_name: 'ada', is_enterprise_install: 'false' },
  };
}

function homeOpened(user: PersonId) {
  return {
    ...{ type: 'event_callback', token: 'deprecated', team_id: TEAM, api_app_id: 'A0' },
    event: { type: 'app_home_opened', user, channel: 'D0', tab: 'home', event_ts: '1772366404.000100' },
    authorizations: [{ enterprise_id: null, team_id: TEAM, is_bot: true, is_enterprise_install: false }],
    ...{ event_id: 'Ev0', event_time: 1772366404 },
  };
}
