import { SettingsError } from '../../workflow/runtime/settings/settings.ts';
import { WrongRegionError } from './changes/iam-event-region.ts';
import { createApp } from './create-app.ts';
import { readDeploymentSettings } from './deployment-settings.ts';

/** Set by the CDK CLI from the AWS configuration; without one it still makes a template, for the usual region. */
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = 'us-east-1' } = process.env;

try {
  createApp(readDeploymentSettings(process.cwd(), process.env), { account, region });
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof WrongRegionError)) throw error;
  // For whoever deploys: what to mend, without a stack trace around it. At once, or CDK would go on with what there is.
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
