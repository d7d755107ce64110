import { Duration } from 'aws-cdk-lib';
import type { TargetBaseProps } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Where EventBridge leaves what it could not deliver: kept, not lost. */
export class UndeliveredQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Longer than the function that takes them may run, and short enough for the next try to come soon.
      visibilityTimeout: Duration.minutes(5),
      // SQS keeps no message longer.
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this, 'SQS3', 'It is the dead-letter queue of a rule.');
  }

  /** EventBridge's own maximum of patience, and then this queue. */
  delivery(): TargetBaseProps {
    return { deadLetterQueue: this, maxEventAge: Duration.hours(24), retryAttempts: 185 };
  }
}
