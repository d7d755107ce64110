import { randomBytes, randomUUID } from 'node:crypto';
import * as z from '../../../../workflow/runtime/zod.ts';
import { flag, operation, text } from '../front-door/parameters.ts';
import { ANONYMOUS, AwsError, type Caller, type Service } from '../front-door/service.ts';
import { sendConfirmation } from './emails.ts';
import type { SnsState, Subscription, Topic } from './state.ts';
import { findTopic, invalidParameter } from './topics.ts';

/** Subscriptions of e-mail addresses, which their owners confirm. */
export function subscriptionOperations(state: SnsState): Service {
  return {
    Subscribe: operation(subscribeInput, (input) => {
      if (input.Protocol !== 'email') throw invalidParameter('Protocol (the sandbox delivers to email only)');
      const { confirmed, arn } = subscribe(state, input.TopicArn, input.Endpoint);
      return { SubscriptionArn: confirmed || input.ReturnSubscriptionArn ? arn : 'pending confirmation' };
    }),
    ConfirmSubscription: operation(confirmInput, (input) => {
      const subscription = findTopic(state, input.TopicArn).subscriptions.find(
        ({ token }) => token === input.Token,
      );
      if (subscription === undefined) throw invalidParameter('Token');
      subscription.confirmed = true;
      subscription.authenticateOnUnsubscribe = input.AuthenticateOnUnsubscribe;
      return { SubscriptionArn: subscription.arn };
    }),
    ListSubscriptionsByTopic: operation(z.object({ TopicArn: text() }), ({ TopicArn }) => ({
      Subscriptions: findTopic(state, TopicArn).subscriptions.map((subscription) =>
        describe(state, subscription),
      ),
    })),
    ListSubscriptions: operation(z.object({}), () => ({
      Subscriptions: [...state.topics.values()]
        .flatMap(({ subscriptions }) => subscriptions)
        .map((subscription) => describe(state, subscription)),
    })),
    Unsubscribe: operation(z.object({ SubscriptionArn: text() }), ({ SubscriptionArn }, caller) =>
      unsubscribe(state, SubscriptionArn, caller),
    ),
  };
}

const subscribeInput = z.object({
  TopicArn: text(),
  Protocol: text(),
  Endpoint: text(),
  ReturnSubscriptionArn: z._default(flag, false),
});

const confirmInput = z.object({
  TopicArn: text(),
  Token: text(),
  AuthenticateOnUnsubscribe: z._default(flag, false),
});

/**
 * Subscribes an address and asks it to confirm, unless it is confirmed already.
 * @throws AwsError `InvalidParameter`, `NotFound`
 */
function subscribe(state: SnsState, topicArn: string, address: string): Subscription {
  const topic = findTopic(state, topicArn);
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw invalidParameter('Email address');
  const existing = topic.subscriptions.find(({ endpoint }) => endpoint === address);
  const subscription = existing ?? newSubscription(topic, address);
  if (!subscription.confirmed) sendConfirmation(state, subscription);
  return subscription;
}

/** Adds an address that is not confirmed yet. */
export function newSubscription(topic: Topic, address: string): Subscription {
  const subscription = {
    arn: `${topic.arn}:${randomUUID()}`,
    topicArn: topic.arn,
    endpoint: address,
    token: randomBytes(64).toString('hex'),
    confirmed: false,
    authenticateOnUnsubscribe: false,
  };
  topic.subscriptions.push(subscription);
  return subscription;
}

function unsubscribe(state: SnsState, arn: string, caller: Caller): object {
  for (const topic of state.topics.values()) {
    const subscription = topic.subscriptions.find((other) => other.arn === arn);
    if (subscription === undefined) continue;
    if (caller === ANONYMOUS && subscription.authenticateOnUnsubscribe) {
      throw new AwsError('AuthorizationError', 'Not authorized to unsubscribe without authentication', 403);
    }
    topic.subscriptions = topic.subscriptions.filter((other) => other !== subscription);
  }
  return {};
}

function describe({ accountId }: SnsState, { arn, topicArn, endpoint, confirmed }: Subscription): object {
  return {
    SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
    Owner: accountId,
    Protocol: 'email',
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
