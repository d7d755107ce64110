import { Duration } from 'aws-cdk-lib';
import type { TargetBaseProps } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { FUNCTIONS } from '../../functions/functions.ts';
import { acknowledge } from '../acknowledge.ts';

/** Where EventBridge leaves what it could not deliver: kept, not lost. */
export class UndeliveredQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Lambda refuses to read a queue that shows a message again while the function may still be at work. AWS advises
      // six times that, for queues that give up after a few tries; this one never does, and a grant may be waiting.
      visibilityTimeout: Duration.seconds(FUNCTIONS.reconcile.timeout),
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
