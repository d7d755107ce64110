/**
 * What a person does after a deployment, in order. After the first one all of it, later nothing but the last step.
 *
 * @param installUrl where "Add to Slack" is
 * @param topicArn what the administrator's e-mail is subscribed to
 */
export function nextSteps(installUrl: string, topicArn: string): string {
  const steps = [
    // Confirmed by a click, a mail scanner that opens the link at the foot of an e-mail unsubscribes.
    'Do not click the link that AWS has sent to ADMIN_EMAIL, but confirm with the Token=… in it:\n' +
      `     aws sns confirm-subscription --authenticate-on-unsubscribe true --topic-arn ${topicArn} --token TOKEN`,
    'Make the Slack app, or update it, from the manifest that npm run -s slack:manifest prints.',
    'Give the guard its credentials: npm run slack:credentials',
    // Slack asks for an answer that only whoever knows the signing secret can give, so this comes after it.
    'Under Event Subscriptions of the Slack app, have the request URL verified.',
    `Add the app to your workspace: ${installUrl}`,
    'Invite the bot to the channel, and see that all is well: /policy-guard doctor',
  ];
  const lines = steps.map((step, index) => `  ${index + 1}. ${step}`);
  return `\nDeployed. Next, as far as it is not done yet:\n${lines.join('\n')}\n`;
}
