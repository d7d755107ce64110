import { createLedger, type Ledger } from '../../workflow/ledger/ledger.ts';
import { TABLE } from '../../workflow/ledger/table.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import {
  FUNCTION_NAMES,
  type FunctionName,
  listsOf,
  type SettingName,
  settingsOf,
} from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { FUNCTIONS, type HandlerFactory } from '../functions/functions.ts';
import { roleStatements } from '../functions/role-statements.ts';
import { type Policy, readPolicy } from '../iam-evaluator/policy.ts';
import type { AwsEndpoint } from './aws/create-aws-endpoint.ts';
import { createLedgerTable } from './aws/dynamodb/create-table.ts';
import type { FunctionDefinition } from './aws/lambda/functions.ts';
import type { LateFunctions } from './aws/lambda/late-functions.ts';
import { arn } from './aws/roles/asked.ts';
import type { Credentials } from './aws/sts/callers.ts';
import { RULE_NAME } from './cloud.ts';
import { sandboxGuardrails } from './guardrails.ts';
import { markedSecret } from './marked-secret.ts';
import { PLACE } from './place.ts';
import type { SandboxSettings } from './settings.ts';
import type { FakeSlack } from './slack/slack.ts';

/** What is shown of the ledger: this process serves the table itself, so an answer comes late at worst. */
const PATIENT = { callMs: 60_000, tryMs: 60_000 };

export const TABLE_NAME = 'policy-guard-ledger';

interface Deployment {
  settings: SandboxSettings;
  aws: AwsEndpoint;
  slack: FakeSlack;
  functions: LateFunctions;
  /** Handlers in place of the usual ones. */
  handlers: Partial<Readonly<Record<FunctionName, HandlerFactory>>>;
  stateMachineArn: string;
  /** Every function has so many seconds at the least. */
  leastSeconds: number;
  /** Addresses of the AWS endpoint and of the page. */
  endpoints: { aws: string; page: string };
}

interface Deployed {
  ledger: Ledger;
  slackSecretArn: string;
  /** Deploys the functions again with other settings, over the same IAM and ledger. */
  configure(changes: Environment): void;
}

/**
 * Does in the sandbox what the stack does on AWS: makes the table, the topic, the secrets and the functions' roles,
 * and gives every function its environment.
 *
 * @throws SettingsError from a function that cannot use its environment
 */
export async function deploy(deployment: Deployment): Promise<Deployed> {
  const { settings, aws, slack, functions, endpoints } = deployment;
  const connect = (credentials: Credentials): Required<AwsClientConfig> => ({
    ...{ endpoint: endpoints.aws, region: PLACE.region, credentials },
  });
  if (settings.guardrails) aws.permissions.attach(sandboxGuardrails());
  const admin = connect(deployingCredentials(aws));
  await createLedgerTable(TABLE_NAME, admin);
  const roles = new Map(FUNCTION_NAMES.map((name) => [name, aws.addFunctionRole(roleName(name))]));
  const slackSecretArn = aws.secrets.addSecret('policy-guard/slack', JSON.stringify(slack.secret));
  const linkSigningKey = markedSecret(64);
  const provided: Provided = {
    ...{ TABLE_NAME, EVENT_RULE_NAME: RULE_NAME, PUBLIC_URL: endpoints.page },
    ...{ SLACK_API_URL: slack.apiUrl, SLACK_SECRET_ARN: slackSecretArn },
    LINK_SECRET_ARN: aws.secrets.addSecret('policy-guard/links', JSON.stringify({ linkSigningKey })),
    TOPIC_ARN: aws.sns.addTopic('policy-guard', settings.product.ADMIN_EMAIL ?? ''),
    STATE_MACHINE_ARN: deployment.stateMachineArn,
    CONTAIN_ROLE_ARN: roles.get('contain'),
  };
  for (const [name, roleArn] of roles) {
    aws.permissions.limit(roleArn, [policyOf(name, functions.arn(name), provided, [...roles.values()])]);
  }
  const configure = (environment: Environment) => {
    const definitions = FUNCTION_NAMES.map((name): [string, FunctionDefinition] => {
      const credentials = aws.functionCredentials(roleName(name), functions.arn(name));
      const create = deployment.handlers[name] ?? FUNCTIONS[name].create;
      const handler = create(environmentOf(name, environment, provided), connect(credentials));
      const timeoutSeconds = Math.max(FUNCTIONS[name].timeout, deployment.leastSeconds);
      return [name, { handler, timeoutSeconds }];
    });
    functions.define(Object.fromEntries(definitions));
  };
  configure(settings.environment);
  const ledger = createLedger({ tableName: TABLE_NAME, aws: admin, timeouts: PATIENT });
  return {
    ...{ ledger, slackSecretArn },
    configure: (changes) => configure({ ...settings.environment, ...changes }),
  };
}

function roleName(name: FunctionName): string {
  return `policy-guard-${name}`;
}

/** CloudFormation makes everything, here too. */
function deployingCredentials({ wellKnownCallers }: AwsEndpoint): Credentials {
  const deploying = wellKnownCallers.find(({ id }) => id === 'cloudformation');
  if (deploying === undefined) throw new Error('The sandbox has no CloudFormation.');
  return deploying.credentials;
}

/** What the sandbox fills in, as the stack does on AWS. */
type Provided = Partial<Record<SettingName, string>>;

/** What the function's role may do: the same permissions as on AWS, of what there is in the sandbox. */
function policyOf(
  name: FunctionName,
  functionArn: string,
  provided: Provided,
  ownRoles: readonly string[],
): Policy {
  const table = arn('dynamodb', `table/${TABLE_NAME}`, PLACE);
  const Statement = roleStatements(FUNCTIONS[name].permissions, {
    ...{ partition: 'aws', account: PLACE.accountId, table, index: `${table}/index/${TABLE.index.name}` },
    slackSecret: provided.SLACK_SECRET_ARN,
    linkSecret: provided.LINK_SECRET_ARN,
    topic: provided.TOPIC_ARN,
    // There is no key and no queue here: SNS encrypts nothing, and what was not delivered is handed over.
    topicKey: arn('kms', 'key/none', PLACE),
    undelivered: arn('sqs', 'none', PLACE),
    stateMachine: provided.STATE_MACHINE_ARN,
    executions: `${provided.STATE_MACHINE_ARN?.replace(':stateMachine:', ':execution:')}:*`,
    rule: arn('events', `rule/${RULE_NAME}`, PLACE),
    ...{ ownRoles, self: functionArn },
  });
  return readPolicy({ Version: '2012-10-17', Statement });
}

/** The environment of one function: the settings that it is given on AWS too, and no others. */
function environmentOf(name: FunctionName, given: Environment, provided: Provided): Environment {
  const all: Environment = { ...given, ...provided };
  const texts = listsOf(name).flatMap((list) => [list, `${list}_FILE`]);
  return Object.fromEntries([...settingsOf(name), ...texts].map((key) => [key, all[key]]));
}
