import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { assertIamEventRegion } from '../../../infra/aws/changes/iam-event-region.ts';
import { eventPattern } from '../../../workflow/events/event-pattern.ts';
import { stackOfThisFile, synthesise } from '../../support/synthesise.ts';

describe('the region', () => {
  it.each(['us-east-1', 'us-gov-west-1', 'cn-north-1'])('may be %s, where IAM events arrive', (region) => {
    expect(() => assertIamEventRegion(region)).not.toThrow();
  });

  it.each([
    ['eu-west-1', 'us-east-1'],
    ['us-west-2', 'us-east-1'],
    ['us-gov-east-1', 'us-gov-west-1'],
    ['cn-northwest-1', 'cn-north-1'],
  ])('may not be %s: it is %s in that partition', (region, right) => {
    expect(() => assertIamEventRegion(region)).toThrow(`Set AWS_REGION=${right} and start again`);
  });

  it.each(['us-iso-east-1', 'eusc-de-east-1'])('is not guessed for the partition of %s', (region) => {
    expect(() => assertIamEventRegion(region)).toThrow(/not known/);
  });

  it('is refused while the template is made', () => {
    expect(() => synthesise({ region: 'eu-central-1' })).toThrow('IAM events do not arrive in eu-central-1');
  });

  it('can be that of another partition', () => {
    const stack = synthesise({ region: 'us-gov-west-1' });
    stack.template.resourceCountIs('AWS::Events::Rule', 4);
    stack.remove();
  });
});

describe('the rule', () => {
  const stack = stackOfThisFile();

  it('watches with the pattern that the sandbox and the code use', () => {
    const pattern = JSON.parse(JSON.stringify(eventPattern()));
    stack.template.hasResourceProperties('AWS::Events::Rule', { EventPattern: pattern, State: 'ENABLED' });
  });

  it('hands the event over as it came, keeps trying for a day, and then keeps the event', () => {
    stack.template.hasResourceProperties('AWS::Events::Rule', {
      Targets: [
        {
          Id: Match.anyValue(),
          Arn: { Ref: Match.stringLikeRegexp('^WayStateMachine') },
          RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChangesRole'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChangesUndelivered'), 'Arn'] } },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
  });

  it('keeps what was not delivered from others for as long as the function that takes it may run', () => {
    const [[, queue] = []] = stack
      .all('AWS::SQS::Queue')
      .filter(([id]) => id.startsWith('ChangesUndelivered'));
    const [[, reconcile] = []] = stack
      .all('AWS::Lambda::Function')
      .filter(([id]) => id.startsWith('Reconcile'));
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThanOrEqual(
      reconcile?.Properties.Timeout as number,
    );
  });

  it('keeps undelivered events for two weeks, encrypted, from EventBridge alone', () => {
    stack.template.hasResourceProperties('AWS::SQS::Queue', {
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    stack.template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: {
              ArnEquals: {
                'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('^ChangesRule'), 'Arn'] },
              },
            },
          }),
        ]),
      }),
    });
    const policies = stack.all('AWS::SQS::QueuePolicy').filter(([id]) => id.startsWith('ChangesUndelivered'));
    expect(JSON.stringify(policies).match(/"Effect":"Allow"/g)).toHaveLength(1);
  });
});
