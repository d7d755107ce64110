import validate from 'asl-validator';
import { Match } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

/** The definition as Step Functions gets it: the uploaded file, with the substitutions of the template. */
function deployedDefinition() {
  const [[, { Properties }] = ['', { Properties: {} }]] = stack.all('AWS::StepFunctions::StateMachine');
  const text = stack.file(`asset.${Properties.DefinitionS3Location.Key}`);
  return JSON.parse(
    text.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
      const value: unknown = Properties.DefinitionSubstitutions[name];
      return value === undefined ? whole : deployed(value);
    }),
  );
}

/** As an account would fill it in. */
function deployed(value: unknown): string {
  const name = readable(value).replace('<Partition>', 'aws');
  return name.replace(/^<(\w+)Function\.Arn>$/, 'arn:aws:lambda:us-east-1:123456789012:function:$1');
}

it('is valid Amazon States Language as deployed', () => {
  const { isValid, errorsText } = validate(deployedDefinition());
  expect(errorsText()).toBe('');
  expect(isValid).toBe(true);
});

it('leaves no placeholder open, and calls the functions that are deployed', () => {
  const text = JSON.stringify(deployedDefinition());
  expect(text).not.toContain('${');
  for (const name of ['Inspect', 'Contain', 'Notify']) {
    expect(text).toContain(`"arn:aws:lambda:us-east-1:123456789012:function:${name}"`);
  }
});

it('is a Standard one, traced, and logs everything but the data, in which task tokens are', () => {
  stack.template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: {
      IncludeExecutionData: false,
      Level: 'ALL',
      Destinations: [
        {
          CloudWatchLogsLogGroup: {
            LogGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WayLog'), 'Arn'] },
          },
        },
      ],
    },
  });
});
