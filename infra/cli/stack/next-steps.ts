/**
 * What a person does after a deployment, in order. After the first one all of it, later nothing but the last step.
 *
 * @param installUrl where "Add to Slack" is
 */
export function nextSteps(installUrl: string): string {
  const steps = [
    'Confirm the subscription that AWS has sent to ADMIN_EMAIL; until then nobody gets alarms.',
    'Make the Slack app from the manifest that npm run -s slack:manifest prints.',
    'Give the guard its credentials: npm run slack:credentials',
    `Add the app to your workspace: ${installUrl}`,
    'Invite the bot to the channel, and see that all is well: /policy-guard doctor',
  ];
  const lines = steps.map((step, index) => `  ${index + 1}. ${step}`);
  return `\nDeployed. Next, as far as it is not done yet:\n${lines.join('\n')}\n`;
}
