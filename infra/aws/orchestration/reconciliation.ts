import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type Function as LambdaFunctionConstruct } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RECONCILE_MINUTES } from '../../functions/reconcile-schedule.ts';

interface ReconciliationProps {
  reconcile: LambdaFunctionConstruct;
  /** The changes that EventBridge could not deliver. */
  undelivered: IQueue;
}

/** Runs reconcile again and again, and hands it the changes that were not delivered as soon as they are there. */
export class Reconciliation extends Construct {
  constructor(scope: Construct, id: string, { reconcile, undelivered }: ReconciliationProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Policy Guard: takes up what does not go on by itself',
      schedule: Schedule.rate(Duration.minutes(RECONCILE_MINUTES)),
      // A run that is not delivered is made up for by the next; an alarm tells when none comes.
      targets: [
        new LambdaFunction(reconcile, {
          event: RuleTargetInput.fromObject({ step: 'reconcile' }),
          retryAttempts: 0,
        }),
      ],
    });
    new EventSourceMapping(this, 'Undelivered', {
      target: reconcile,
      eventSourceArn: undelivered.queueArn,
      reportBatchItemFailures: true,
    });
  }
}
