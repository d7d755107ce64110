import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { DeploymentSettings } from './deployment-settings.ts';

/** Says at synth what the template lacks to be of use, where that is no mistake but may be an oversight. */
export function warnOfGaps(scope: Construct, { isExample, ADMIN_EMAIL }: DeploymentSettings): void {
  if (isExample) {
    Annotations.of(scope).addWarningV2(
      'policy-guard:example-settings',
      'There is no .env: SLACK_CHANNEL and SLACK_TEAM_ID are examples that name no real workspace. ' +
        'Copy .env.example to .env and fill it in before you deploy.',
    );
  }
  if (ADMIN_EMAIL === undefined) {
    Annotations.of(scope).addWarningV2(
      'policy-guard:no-admin-email',
      'ADMIN_EMAIL is not set: nobody gets the alarms, nor the requests while Slack is down.',
    );
  }
}
