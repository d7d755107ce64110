import type { EmailState } from '../../api/contract.ts';

export interface Subscription {
  arn: string;
  topicArn: string;
  /** E-mail address. */
  endpoint: string;
  /** What the link in the confirmation e-mail carries. */
  token: string;
  confirmed: boolean;
  /** When set, the unsubscribe link in the e-mails does not work by itself. */
  authenticateOnUnsubscribe: boolean;
}

export interface Topic {
  arn: string;
  name: string;
  subscriptions: Subscription[];
}

/** What SNS holds. One mutable structure. */
export interface SnsState {
  readonly accountId: string;
  readonly region: string;
  readonly now: () => Date;
  /** The address of SNS itself, for the links in its e-mails. */
  readonly endpointUrl: () => string;
  readonly onEmail: (email: EmailState) => void;
  /** By ARN. */
  readonly topics: Map<string, Topic>;
  /** Every e-mail that was sent, oldest first. */
  readonly emails: EmailState[];
}
