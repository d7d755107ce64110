import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { notifyPayloadSchema } from '../../../bot/notices/payload.ts';
import { stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

const target = () => {
  const [, rule] = stack.all('AWS::Events::Rule').find(([id]) => id.startsWith('SummaryRule')) ?? [];
  return rule?.Properties.Targets[0];
};

describe('the daily summary', () => {
  it('is asked for at seven in the morning, UTC', () => {
    stack.template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 7 * * ? *)',
      State: 'ENABLED',
    });
  });

  it('is a step that notify takes, with the time that it was due', () => {
    const { InputPathsMap, InputTemplate } = target().InputTransformer;
    expect(Object.values(InputPathsMap)).toEqual(['$.time']);
    const [name] = Object.keys(InputPathsMap);
    const input = InputTemplate.replace(`<${name}>`, '"2026-11-25T07:00:00Z"');
    expect(notifyPayloadSchema.parse(JSON.parse(input))).toEqual({
      step: 'summarise',
      time: '2026-11-25T07:00:00Z',
    });
    expect(target().Arn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^NotifyFunction/), 'Arn'] });
  });

  it('is tried for a day, and then kept', () => {
    expect(target()).toMatchObject({
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^SummaryUndelivered/), 'Arn'] } },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    });
  });

  it('may be asked for by its rule alone', () => {
    stack.template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotifyFunction'), 'Arn'] },
      SourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SummaryRule'), 'Arn'] },
    });
  });
});
