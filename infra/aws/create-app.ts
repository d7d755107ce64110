import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { DeploymentSettings } from './deployment-settings.ts';
import { GUARD_TAG, STACK_NAME } from './names.ts';
import { PolicyGuardStack } from './policy-guard-stack.ts';

/** Where the stack goes. Without an account the template fits any. */
interface Place {
  account?: string;
  region: string;
}

/**
 * The CDK app: one stack, tagged, protected from deletion, and checked against cdk-nag's AwsSolutions rules whenever it is synthesised.
 *
 * @throws WrongRegionError where IAM events do not arrive; SettingsError when a function's settings are too long
 */
export function createApp(settings: DeploymentSettings, place: Place, props: AppProps = {}): App {
  const app = new App(props);
  const stack = new PolicyGuardStack(app, STACK_NAME, { settings, env: place, terminationProtection: true });
  // The service control policies know by it what has a random name.
  Tags.of(stack).add(GUARD_TAG.key, GUARD_TAG.value);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  return app;
}
