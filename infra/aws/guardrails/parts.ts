import { STACK_NAME } from '../names.ts';
import type { GuardrailPlace } from './place.ts';
import { principalsOf } from './principals.ts';

/**
 * What CloudFormation names after the logical id alone. That the stack's name is not in front is seen, not promised,
 * so the patterns fit either way. A test compares the ids with the template.
 */
export const NAMED_BY_LOGICAL_ID = {
  stateMachine: 'WayStateMachineF0C7C4EE',
  slackSecret: 'SecretsSlack37D267AB',
  linkSecret: 'SecretsLink8BD13D43',
} as const;

/** ARN patterns of everything that is the guard's. */
export interface Parts {
  /** What the functions work with in daily life. */
  used: string[];
  /** What only a deployment touches. */
  standing: string[];
  /** What has a random name, and is known by the stack's tag. */
  tagged: { key: string; apis: string; mappings: string };
  functions: string;
  defaultBus: string;
  stacks: string[];
  assets: string[];
}

export function partsOf(place: GuardrailPlace): Parts {
  const { account, partition, region, qualifier, toolkitStack, apiId } = place;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const { stateMachine, slackSecret, linkSecret } = NAMED_BY_LOGICAL_ID;
  const functions = arn('lambda', `function:${STACK_NAME}-*`);
  // API Gateway's ARNs have no account.
  const api = (path: string) => `arn:${partition}:apigateway:${region}::${path}`;
  const assets = `arn:${partition}:s3:::cdk-${qualifier}-assets-${account}-${region}`;
  return {
    used: [
      functions,
      arn('dynamodb', `table/${STACK_NAME}-*`),
      arn('states', `stateMachine:*${stateMachine}-*`),
      arn('states', `execution:*${stateMachine}-*`),
      arn('secretsmanager', `secret:*${slackSecret}-*`),
      arn('secretsmanager', `secret:*${linkSecret}-*`),
      arn('sns', `${STACK_NAME}-*`),
      arn('sqs', `${STACK_NAME}-*`),
      arn('logs', `log-group:/${STACK_NAME}/*`),
    ],
    standing: [
      arn('logs', `log-group:/aws/vendedlogs/${STACK_NAME}/*`),
      arn('events', `rule/${STACK_NAME}-*`),
      arn('cloudwatch', `alarm:${STACK_NAME}-*`),
      // Dashboards have no region.
      `arn:${partition}:cloudwatch::${account}:dashboard/${STACK_NAME}`,
      arn('cloudtrail', `trail/${STACK_NAME}-*`),
      // CloudFormation writes the names of buckets small.
      `arn:${partition}:s3:::${STACK_NAME.toLowerCase()}-trailbucket*`,
      principalsOf(place).guard,
      // A route and an integration have no tags, and what has is tagged under another path.
      ...(apiId === undefined ? [] : [api(`/apis/${apiId}*`), api(`/*tags/*${apiId}*`)]),
    ],
    tagged: {
      key: arn('kms', 'key/*'),
      apis: api('/apis/*'),
      mappings: arn('lambda', 'event-source-mapping:*'),
    },
    functions,
    defaultBus: arn('events', 'event-bus/default'),
    stacks: [STACK_NAME, toolkitStack].map((name) => arn('cloudformation', `stack/${name}/*`)),
    assets: [assets, `${assets}/*`],
  };
}
