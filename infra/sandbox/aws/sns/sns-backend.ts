import type { EmailState } from '../../api/contract.ts';
import type { Service } from '../front-door/service.ts';
import { publishOperations } from './publish.ts';
import type { SnsState } from './state.ts';
import { newSubscription, subscriptionOperations } from './subscriptions.ts';
import { createTopic, topicOperations } from './topics.ts';

interface SnsOptions {
  accountId: string;
  region: string;
  now: () => Date;
  /** The address of the AWS endpoint, for the links in SNS's own texts. */
  endpointUrl: () => string;
  /** Called for every e-mail that is sent. */
  onEmail?: (email: EmailState) => void;
}

export interface SnsBackend {
  readonly service: Service;
  /** Every e-mail that was sent, oldest first. */
  readonly emails: readonly EmailState[];
  /**
   * Creates a topic and subscribes an address to it that counts as confirmed, as the one who deploys
   * the guard confirms it: so that the unsubscribe link, which mail scanners open, does nothing by itself.
   * @returns the topic's ARN
   */
  addTopic(name: string, subscriber: string): string;
}

/** SNS of one account and region, in memory. */
export function createSnsBackend({ onEmail = () => {}, ...options }: SnsOptions): SnsBackend {
  const state: SnsState = { ...options, onEmail, topics: new Map(), emails: [] };
  return {
    service: { ...topicOperations(state), ...subscriptionOperations(state), ...publishOperations(state) },
    emails: state.emails,
    addTopic(name, subscriber) {
      const topic = createTopic(state, name);
      Object.assign(newSubscription(topic, subscriber), { confirmed: true, authenticateOnUnsubscribe: true });
      return topic.arn;
    },
  };
}
