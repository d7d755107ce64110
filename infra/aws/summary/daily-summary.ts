import { EventField, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { SUMMARY_HOUR_UTC } from '../../functions/daily-summary.ts';
import { UndeliveredQueue } from '../changes/undelivered-queue.ts';

interface DailySummaryProps {
  notify: IFunction;
}

/** Asks once a day for the summary of what exempt requesters have changed. */
export class DailySummary extends Construct {
  readonly undelivered: UndeliveredQueue;

  constructor(scope: Construct, id: string, { notify }: DailySummaryProps) {
    super(scope, id);
    this.undelivered = new UndeliveredQueue(this, 'Undelivered');
    const rule = new Rule(this, 'Rule', {
      description: 'Policy Guard: the daily summary of exempt changes',
      schedule: Schedule.cron({ hour: String(SUMMARY_HOUR_UTC), minute: '0' }),
    });
    rule.addTarget(
      new LambdaFunction(notify, {
        // The time that it was due, so that a late delivery still is about the right day.
        event: RuleTargetInput.fromObject({ step: 'summarise', time: EventField.time }),
        ...this.undelivered.delivery(),
      }),
    );
  }
}
