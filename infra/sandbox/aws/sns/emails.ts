import { randomUUID } from 'node:crypto';
import type { EmailState } from '../../api/contract.ts';
import type { SnsState, Subscription } from './state.ts';

const DEFAULT_SUBJECT = 'AWS Notification Message';
const LINK = /https?:\/\/[^\s<>"]+/g;

interface Notification {
  messageId: string;
  message: string;
  subject?: string;
}

/** Sends a message of a topic, with the footer that SNS puts under every e-mail. */
export function sendNotification(
  state: SnsState,
  { arn, endpoint }: Subscription,
  { messageId, message, subject = DEFAULT_SUBJECT }: Notification,
): void {
  const unsubscribe = actionLink(state, { Action: 'Unsubscribe', SubscriptionArn: arn });
  const footer = [
    '--',
    'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
    unsubscribe,
    '',
    'Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support',
  ];
  const text = [message, '', ...footer].join('\n');
  send(state, { messageId, to: endpoint, subject, text });
}

/** Asks the owner of the address whether it may be subscribed. */
export function sendConfirmation(state: SnsState, { topicArn, endpoint, token }: Subscription): void {
  const text = [
    'You have chosen to subscribe to the topic:',
    topicArn,
    '',
    'To confirm this subscription, click or visit the link below (If this was in error no action is necessary):',
    actionLink(state, { Action: 'ConfirmSubscription', TopicArn: topicArn, Token: token }),
  ].join('\n');
  const subject = 'AWS Notification - Subscription Confirmation';
  send(state, { messageId: randomUUID(), to: endpoint, subject, text });
}

/** SNS takes these two calls unsigned and as a GET, so that a link can make them. */
function actionLink({ endpointUrl }: SnsState, parameters: Record<string, string>): string {
  return `${endpointUrl()}/?${new URLSearchParams({ ...parameters, Version: '2010-03-31' })}`;
}

function send(state: SnsState, sent: Omit<EmailState, 'links' | 'sentAt'>): void {
  const email = { ...sent, links: sent.text.match(LINK) ?? [], sentAt: state.now().toISOString() };
  state.emails.push(email);
  state.onEmail(email);
}
