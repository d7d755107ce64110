import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping, type Function as LambdaFunctionConstruct } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RECONCILE_MINUTES, SWEEP_MINUTES } from '../../functions/reconcile-schedule.ts';

interface ReconciliationProps {
  reconcile: LambdaFunctionConstruct;
  /** The changes that EventBridge could not deliver. */
  undelivered: IQueue;
}

/** Runs reconcile again and again, and hands it the changes that were not delivered as soon as they are there. */
export class Reconciliation extends Construct {
  constructor(scope: Construct, id: string, { reconcile, undelivered }: ReconciliationProps) {
    super(scope, id);
    // A run that is not delivered is made up for by the next; an alarm tells when none comes.
    const run = (step: 'reconcile' | 'sweep') =>
      new LambdaFunction(reconcile, { event: RuleTargetInput.fromObject({ step }), retryAttempts: 0 });
    new Rule(this, 'Rule', {
      description: 'Policy Guard: takes up what does not go on by itself',
      schedule: Schedule.rate(Duration.minutes(RECONCILE_MINUTES)),
      targets: [run('reconcile')],
    });
    new Rule(this, 'Sweep', {
      description: 'Policy Guard: compares what is in force with what events have told',
      schedule: Schedule.rate(Duration.minutes(SWEEP_MINUTES)),
      targets: [run('sweep')],
    });
    new EventSourceMapping(this, 'Undelivered', {
      target: reconcile,
      eventSourceArn: undelivered.queueArn,
      reportBatchItemFailures: true,
    });
  }
}
