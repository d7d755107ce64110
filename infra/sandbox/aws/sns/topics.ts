import * as z from '../../../../workflow/runtime/zod.ts';
import { operation, text } from '../front-door/parameters.ts';
import { AwsError, type Service } from '../front-door/service.ts';
import type { SnsState, Topic } from './state.ts';

/** Topics: create, list, look at, delete. */
export function topicOperations(state: SnsState): Service {
  return {
    CreateTopic: operation(z.object({ Name: text() }), ({ Name }) => ({
      TopicArn: createTopic(state, Name).arn,
    })),
    ListTopics: operation(z.object({}), () => ({
      Topics: [...state.topics.keys()].map((TopicArn) => ({ TopicArn })),
    })),
    GetTopicAttributes: operation(z.object({ TopicArn: text() }), ({ TopicArn }) => ({
      Attributes: attributesOf(state, findTopic(state, TopicArn)),
    })),
    // Deleting a topic that is not there succeeds.
    DeleteTopic: operation(z.object({ TopicArn: text() }), ({ TopicArn }) => {
      state.topics.delete(TopicArn);
      return {};
    }),
  };
}

/** Creating a topic that is there already gives that one. @throws AwsError `InvalidParameter` */
export function createTopic(state: SnsState, name: string): Topic {
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
  const arn = `arn:aws:sns:${state.region}:${state.accountId}:${name}`;
  const topic = state.topics.get(arn) ?? { arn, name, subscriptions: [] };
  state.topics.set(arn, topic);
  return topic;
}

/** @throws AwsError `InvalidParameter`, `NotFound` */
export function findTopic(state: SnsState, arn: string): Topic {
  if (!/^arn:aws:sns:[\w-]+:\d{12}:[\w-]+$/.test(arn)) throw invalidParameter('TopicArn');
  const topic = state.topics.get(arn);
  if (topic === undefined) throw new AwsError('NotFound', 'Topic does not exist', 404);
  return topic;
}

export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

function attributesOf(state: SnsState, { arn, subscriptions }: Topic): Record<string, string> {
  const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
  return {
    TopicArn: arn,
    Owner: state.accountId,
    DisplayName: '',
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.length - confirmed),
    SubscriptionsDeleted: '0',
    Policy: JSON.stringify(defaultPolicy(arn, state.accountId)),
    EffectiveDeliveryPolicy: JSON.stringify(DELIVERY),
  };
}

/** What a topic has that nobody has given a policy: its owner may do everything. */
function defaultPolicy(arn: string, accountId: string): object {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Effect: 'Allow',
        Sid: '__default_statement_ID',
        Principal: { AWS: '*' },
        Action: OWNERS_ACTIONS.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  };
}

const OWNERS_ACTIONS = [
  ...['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic'],
  ...['Subscribe', 'ListSubscriptionsByTopic', 'Publish'],
];

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const DELIVERY = {
  defaultHealthyRetryPolicy: {
    ...{ numNoDelayRetries: 0, numMinDelayRetries: 0, minDelayTarget: 20, maxDelayTarget: 20 },
    ...{ numMaxDelayRetries: 0, numRetries: 3, backoffFunction: 'linear' },
  },
  sicklyRetryPolicy: null,
  throttlePolicy: null,
  guaranteed: false,
};
