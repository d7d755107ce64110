import type { CfnResource } from './synthesise.ts';

const PARTITION = 'aws';
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';
const STACK = 'PolicyGuard';
/** What CloudFormation puts behind a name. */
const RANDOM = 'AB12CD34EF56';

/** Where a template of the tests is deployed, as if. */
export const DEPLOYED_AT = { partition: PARTITION, account: ACCOUNT, region: REGION };

type Resources = Readonly<Record<string, CfnResource>>;

const arn = (service: string, resource: string, region = REGION, account = ACCOUNT) =>
  `arn:${PARTITION}:${service}:${region}:${account}:${resource}`;
const named = (id: string) => `${STACK}-${id}-${RANDOM}`;

/** How CloudFormation names what has no name in the template; some after the logical id alone. */
const ARNS: Readonly<Record<string, (id: string, properties: CfnResource['Properties']) => string>> = {
  'AWS::ApiGatewayV2::Api': () => arn('apigateway', '/apis/a1b2c3d4e5', REGION, ''),
  'AWS::ApiGatewayV2::Integration': (id) =>
    arn('apigateway', `/apis/a1b2c3d4e5/integrations/${id}`, REGION, ''),
  'AWS::ApiGatewayV2::Route': (id) => arn('apigateway', `/apis/a1b2c3d4e5/routes/${id}`, REGION, ''),
  'AWS::ApiGatewayV2::Stage': () => arn('apigateway', '/apis/a1b2c3d4e5/stages/$default', REGION, ''),
  'AWS::CloudTrail::Trail': (id) => arn('cloudtrail', `trail/${named(id)}`),
  'AWS::CloudWatch::Alarm': (id) => arn('cloudwatch', `alarm:${named(id)}`),
  'AWS::CloudWatch::Dashboard': () => arn('cloudwatch', `dashboard/${STACK}`, ''),
  'AWS::DynamoDB::Table': (id) => arn('dynamodb', `table/${named(id)}`),
  'AWS::Events::Rule': (id) => arn('events', `rule/${named(id)}`),
  'AWS::IAM::Role': (id, { Path }) => arn('iam', `role${Path}${named(id)}`, ''),
  'AWS::KMS::Key': () => arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  'AWS::Lambda::EventSourceMapping': () =>
    arn('lambda', 'event-source-mapping:1234abcd-12ab-34cd-56ef-1234567890ab'),
  'AWS::Lambda::Function': (id) => arn('lambda', `function:${named(id)}`),
  'AWS::Logs::LogGroup': (_, { LogGroupName }) => arn('logs', `log-group:${asDeployed(LogGroupName, {})}`),
  'AWS::S3::Bucket': (id) => arn('s3', named(id).toLowerCase(), '', ''),
  'AWS::SecretsManager::Secret': (id) => arn('secretsmanager', `secret:${id}-${RANDOM}-Xy12Zz`),
  'AWS::SNS::Topic': (id) => arn('sns', named(id)),
  'AWS::SQS::Queue': (id) => arn('sqs', named(id)),
  'AWS::StepFunctions::StateMachine': (id) => arn('states', `stateMachine:${id}-${RANDOM}`),
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': PARTITION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::StackName': STACK,
};

/** @throws for a type that has no ARN, or of which it is not known here */
export function arnOf(id: string, { Type, Properties }: CfnResource): string {
  const make = ARNS[Type];
  if (make === undefined) throw new Error(`It is not known how CloudFormation names a ${Type} (${id})`);
  return make(id, Properties);
}

/** A value of a template, with all that CloudFormation fills in; references become ARNs, which is what policies mean. */
export function asDeployed(value: unknown, resources: Resources): unknown {
  if (Array.isArray(value)) return value.map((each) => asDeployed(each, resources));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (name === 'Ref') return PSEUDO[String(argument)] ?? reference(String(argument), resources);
  if (name === 'Fn::GetAtt') {
    const [id = '', attribute] = argument as string[];
    const found = reference(id, resources);
    return attribute === 'Name' ? found.split(':').at(-1) : found;
  }
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => asDeployed(part, resources)).join(separator);
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, asDeployed(each, resources)]));
}

function reference(id: string, resources: Resources): string {
  const resource = resources[id];
  if (resource === undefined) throw new Error(`The template has no ${id}`);
  return arnOf(id, resource);
}
