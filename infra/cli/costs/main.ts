import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readDeploymentSettings } from '../../aws/deployment-settings.ts';
import { PolicyGuardStack } from '../../aws/policy-guard-stack.ts';
import { measure } from './measure.ts';
import prices from './prices.json' with { type: 'json' };
import { costsTable, type Fixed } from './table.ts';

/** Counts the parts of the stack that cost by the month, in the template itself. */
function countFixed(): Fixed {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const settings = readDeploymentSettings('/nonexistent', {});
  const stack = new PolicyGuardStack(app, 'Costs', { settings, env: { region: 'us-east-1' } });
  const template = Template.fromStack(stack);
  const count = (type: string) => Object.keys(template.findResources(type)).length;
  return {
    secret: count('AWS::SecretsManager::Secret'),
    key: count('AWS::KMS::Key'),
    alarm: count('AWS::CloudWatch::Alarm'),
    dashboard: count('AWS::CloudWatch::Dashboard'),
  };
}

process.env.POWERTOOLS_METRICS_DISABLED = 'true';
console.log(costsTable(await measure(), countFixed(), prices));
process.exit(0);
