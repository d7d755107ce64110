import { expect, test } from 'vitest';
import { requestParametersOf } from '../../../../../infra/sandbox/aws/cloudtrail/request-parameters.ts';

test('names are in camel case at every depth, flags and numbers are no text', () => {
  expect(
    requestParametersOf({
      PolicyArn: 'arn',
      SetAsDefault: 'true',
      MaxSessionDuration: '3600',
      PolicyDocument: '{"Version":"x"}',
      Tags: [{ Key: 'K', Value: 'true' }],
    }),
  ).toEqual({
    policyArn: 'arn',
    setAsDefault: true,
    maxSessionDuration: 3600,
    policyDocument: '{"Version":"x"}',
    tags: [{ key: 'K', value: 'true' }],
  });
});

test('up to 100 KB are recorded, beyond that only how much there was', () => {
  const empty = JSON.stringify({ policyDocument: '' }).length;
  const largest = { PolicyDocument: 'x'.repeat(100 * 1024 - empty) };
  expect(requestParametersOf(largest)).toEqual({ policyDocument: largest.PolicyDocument });
  expect(requestParametersOf({ PolicyDocument: `${largest.PolicyDocument}x` })).toEqual({
    reason: 'requestParameters too large',
    omitted: 'true',
    originalSize: String(100 * 1024 + 1),
  });
});
