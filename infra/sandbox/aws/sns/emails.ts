import type { SnsState, Subscription } from './state.ts';

const DEFAULT_SUBJECT = 'AWS Notification Message';
const LINK = /https?:\/\/[^\s<>"]+/g;

/** Sends a message of a topic, with the footer that SNS puts under every e-mail. */
export function sendNotification(
  state: SnsState,
  { arn, endpoint }: Subscription,
  { message, subject = DEFAULT_SUBJECT }: { message: string; subject?: string },
): void {
  const unsubscribe = actionLink(state, { Action: 'Unsubscribe', SubscriptionArn: arn });
  const footer = [
    '--',
    'If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:',
    unsubscribe,
    '',
    'Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support',
  ];
  send(state, endpoint, subject, [message, '', ...footer].join('\n'));
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
  send(state, endpoint, 'AWS Notification - Subscription Confirmation', text);
}

/** SNS takes these two calls unsigned and as a GET, so that a link can make them. */
function actionLink({ endpointUrl }: SnsState, parameters: Record<string, string>): string {
  return `${endpointUrl()}/?${new URLSearchParams({ ...parameters, Version: '2010-03-31' })}`;
}

function send(state: SnsState, to: string, subject: string, text: string): void {
  const email = { to, subject, text, links: text.match(LINK) ?? [], sentAt: state.now().toISOString() };
  state.emails.push(email);
  state.onEmail(email);
}
