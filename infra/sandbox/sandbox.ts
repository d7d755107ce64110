import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { eventPattern } from '../../workflow/events/event-pattern.ts';
import type { AwsClientConfig } from '../../workflow/lambda/aws-client.ts';
import { createLedger } from '../../workflow/ledger/dynamodb-ledger.ts';
import type { Environment } from '../../workflow/settings/settings.ts';
import { FUNCTION_NAMES, FUNCTION_SPECS, type FunctionName } from '../functions/function-specs.ts';
import { makeChange } from './api/make-change.ts';
import { readState } from './api/read-state.ts';
import { createSandboxApi, type SandboxApi } from './api/sandbox-api.ts';
import { createAwsEndpoint } from './aws/create-aws-endpoint.ts';
import { createEventBus } from './cloudtrail/event-bus.ts';
import { environmentOf, type Provided } from './environments.ts';
import { createEventsService } from './events/events-service.ts';
import { HANDLER_FACTORIES, type HandlerFactory } from './handlers.ts';
import { createHttpApi } from './http-api/http-api.ts';
import { createFunctions, type FunctionDefinition, type Functions } from './lambda/functions.ts';
import { createLedgerTable } from './ledger/create-table.ts';
import { createPage } from './page/build-page.ts';
import type { SandboxSettings } from './settings.ts';
import { readSandboxSettings } from './settings.ts';
import { createSlack } from './slack/slack.ts';
import { loadDefinition } from './step-functions/definition.ts';
import { createEngine } from './step-functions/engine.ts';
import { createStepFunctionsService } from './step-functions/service.ts';
import { listen } from './web/listen.ts';
import { createPageServer } from './web/page-server.ts';

export interface SandboxOptions {
  /** The settings as an environment; `{}` takes every default. */
  environment: Environment;
  /** Handlers to run instead of the usual ones, e.g. out of deployed bundles. */
  handlers?: Partial<Readonly<Record<FunctionName, HandlerFactory>>>;
  /** Told of what fails inside the sandbox and of functions that fail. */
  failed?: (error: unknown) => void;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export const ACCOUNT_ID = '123456789012';
export const REGION = 'us-east-1';
const TABLE_NAME = 'policy-guard-ledger';
const RULE_NAME = 'policy-guard-changes';
const DEFINITION = new URL('../../workflow/state-machine.asl.json', import.meta.url);

/**
 * Starts the whole system in this process, in memory, on loopback.
 *
 * @throws SettingsError naming every bad setting; PortTakenError
 */
export async function startSandbox({ environment, handlers = {}, failed = () => {} }: SandboxOptions) {
  const settings = readSandboxSettings(environment);
  const page = await listen(settings.pagePort, 'SANDBOX_PAGE_PORT');
  const awsListener = await listen(settings.awsPort, 'SANDBOX_AWS_PORT').catch(async (error: unknown) => {
    await page.close();
    throw error;
  });
  let api: SandboxApi | undefined;
  const changed = () => api?.changed();

  const functions = createLateFunctions();
  const engine = createEngine({
    name: 'policy-guard',
    definition: loadDefinition(DEFINITION, {
      Partition: 'aws',
      InspectFunctionArn: functions.arn('inspect'),
      ContainFunctionArn: functions.arn('contain'),
      NotifyFunctionArn: functions.arn('notify'),
    }),
    ...{ region: REGION, accountId: ACCOUNT_ID, functions, changed },
  });
  const bus = createEventBus({
    delayMs: settings.cloudTrailDelayMs,
    pattern: eventPattern(),
    target: (event) => void engine.start(JSON.stringify(event)),
    onError: failed,
  });
  const dynamo: Server = dynalite({ createTableMs: 0 });
  const aws = createAwsEndpoint({
    ...{ accountId: ACCOUNT_ID, region: REGION, now: () => new Date(), dynamo },
    stepFunctions: createStepFunctionsService(engine),
    events: createEventsService({
      ...{ accountId: ACCOUNT_ID, region: REGION, name: RULE_NAME, pattern: eventPattern() },
    }),
    endpointUrl: () => awsListener.url,
    onRecord: (record) => {
      changed();
      bus.deliver(record);
    },
    onEmail: changed,
    onInternalError: failed,
  });
  awsListener.serve(aws.handler);

  const httpApi = createHttpApi(functions, failed);
  const slack = createSlack({
    teamId: settings.product.SLACK_TEAM_ID,
    channelId: settings.product.SLACK_CHANNEL,
    publicUrl: page.url,
    send: (request) => httpApi.handle(request),
    changed,
  });
  const connect = (credentials: AwsClientConfig['credentials']): Required<AwsClientConfig> => ({
    ...{ endpoint: awsListener.url, region: REGION },
    credentials: credentials as NonNullable<AwsClientConfig['credentials']>,
  });
  const roles = Object.fromEntries(
    FUNCTION_NAMES.map((name) => [name, aws.addFunctionRole(`policy-guard-${name}`, `policy-guard-${name}`)]),
  ) as Record<FunctionName, ReturnType<typeof aws.addFunctionRole>>;
  const admin = connect(aws.wellKnownCallers.find(({ id }) => id === 'root')?.credentials);
  await createLedgerTable(TABLE_NAME, admin);
  const provided: Provided = {
    TABLE_NAME,
    SLACK_API_URL: slack.apiUrl,
    SLACK_SECRET_ARN: aws.secrets.addSecret('policy-guard/slack', JSON.stringify(slack.secret)),
    LINK_SECRET_ARN: aws.secrets.addSecret(
      'policy-guard/links',
      JSON.stringify({ linkSigningKey: crypto.randomUUID() + crypto.randomUUID() }),
    ),
    TOPIC_ARN: aws.sns.addTopic('policy-guard', settings.product.ADMIN_EMAIL ?? ''),
    CONTAIN_ROLE_ARN: roles.contain.roleArn,
    PUBLIC_URL: page.url,
    EVENT_RULE_NAME: RULE_NAME,
  };
  functions.define(
    Object.fromEntries(
      FUNCTION_NAMES.map((name): [string, FunctionDefinition] => {
        const factory = handlers[name] ?? HANDLER_FACTORIES[name];
        const config = connect(roles[name].credentials);
        const handler = factory(environmentOf(name, settings.environment, provided), config);
        return [name, { handler, timeoutSeconds: FUNCTION_SPECS[name].timeout }];
      }),
    ),
  );

  const ledger = createLedger({ tableName: TABLE_NAME, aws: admin });
  const endpoints = { aws: awsListener.url, page: page.url };
  const state = () => readState({ settings, aws, slack, engine, bus, ledger, endpoints });
  const change = (wanted: Parameters<typeof makeChange>[0]) =>
    makeChange(wanted, aws.wellKnownCallers, { endpoint: awsListener.url, region: REGION });
  api = createSandboxApi({
    state,
    interactions: slack.interactions,
    makeChange: change,
    setFaults: ({ slack: reach, cloudTrailDelayMs }) => {
      if (reach !== undefined) slack.workspace.up = reach === 'up';
      if (cloudTrailDelayMs !== undefined) bus.setDelay(cloudTrailDelayMs);
      changed();
      return { slack: slack.workspace.up ? 'up' : 'down', cloudTrailDelayMs: bus.delayMs };
    },
  });
  page.serve(createPageServer({ page: await bundledPage(), api, httpApi, slack, failed }));

  return {
    ...endpoints,
    settings: settings satisfies SandboxSettings,
    stateMachineArn: engine.stateMachineArn,
    callers: aws.wellKnownCallers,
    slackSecretArn: provided.SLACK_SECRET_ARN as string,
    state,
    change,
    interactions: slack.interactions,
    slack,
    /** The event that started an execution, as JSON text. */
    inputText: (executionArn: string) => engine.find(executionArn)?.input ?? '',
    /** Hands an event to the rule again, as EventBridge may. */
    redeliver: (event: object) => engine.start(JSON.stringify(event)),
    async close() {
      bus.close();
      api?.close();
      await Promise.all([page.close(), awsListener.close(), engine.close()]);
      // It never listened; what it holds is given back to memory.
      dynamo.close();
    },
  };
}

/** Bundled once for a process: it is the same for every sandbox. */
let bundled: ReturnType<typeof createPage> | undefined;
function bundledPage(): ReturnType<typeof createPage> {
  bundled ??= createPage();
  return bundled;
}

/** Functions that the state machine and the HTTP API can name before there is an environment to build them for. */
function createLateFunctions(): Functions & {
  define(definitions: Record<string, FunctionDefinition>): void;
} {
  const place = { region: REGION, accountId: ACCOUNT_ID };
  let functions = createFunctions({}, place);
  return {
    arn: (name) => functions.arn(name),
    invoke: (name, payload) => functions.invoke(name, payload),
    define: (definitions) => {
      functions = createFunctions(definitions, place);
    },
  };
}
