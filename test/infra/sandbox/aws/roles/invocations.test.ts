import { expect, it } from 'vitest';
import { machineStatements } from '../../../../../infra/functions/machine-statements.ts';
import { readPolicy } from '../../../../../infra/iam-evaluator/policy.ts';
import { createFunctions } from '../../../../../infra/sandbox/aws/lambda/functions.ts';
import { invocableBy } from '../../../../../infra/sandbox/aws/roles/invocations.ts';

const functions = createFunctions(
  {
    inspect: { handler: async () => 'inspected', timeoutSeconds: 60 },
    slack: { handler: async () => 'never', timeoutSeconds: 60 },
  },
  { region: 'us-east-1', accountId: '123456789012' },
);
const machine = invocableBy(
  'arn:aws:sts::123456789012:assumed-role/way/session',
  readPolicy({ Version: '2012-10-17', Statement: machineStatements([functions.arn('inspect')]) }),
  functions,
);

it('the state machine runs the functions that are its steps', async () => {
  expect(await machine.invoke(machine.arn('inspect'), {})).toBe('inspected');
});

it('the state machine is refused every other, with the error that Step Functions names', async () => {
  await expect(machine.invoke(machine.arn('slack'), {})).rejects.toMatchObject({
    errorType: 'Lambda.AWSLambdaException',
    errorMessage: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction'),
  });
});
