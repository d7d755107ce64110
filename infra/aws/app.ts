import { createApp } from './create-app.ts';
import { readDeploymentSettings } from './deployment-settings.ts';

/** Set by the CDK CLI from the AWS configuration; without one it still makes a template, for the usual region. */
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = 'us-east-1' } = process.env;

createApp(readDeploymentSettings(process.cwd(), process.env), { account, region });
