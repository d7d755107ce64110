import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { eventPattern } from '../../../workflow/events/event-pattern.ts';
import { acknowledge } from '../acknowledge.ts';
import { GuardRole } from '../compute/guard-role.ts';

export interface ChangeRuleProps {
  stateMachine: IStateMachine;
}

/** Starts the state machine for every watched IAM event; an event that cannot be delivered is kept, not lost. */
export class ChangeRule extends Construct {
  readonly rule: Rule;
  readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { stateMachine }: ChangeRuleProps) {
    super(scope, id);
    this.undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // SQS keeps no message longer.
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.undelivered, 'SQS3', 'It is the dead-letter queue of the rule.');
    this.rule = new Rule(this, 'Rule', {
      description: 'Policy Guard: IAM writes that can put a grant in force',
      eventPattern: eventPattern(),
    });
    this.rule.addTarget(
      new SfnStateMachine(stateMachine, {
        role: new GuardRole(this, 'Role', {
          assumedBy: new ServicePrincipal('events.amazonaws.com'),
          description: 'Policy Guard: starts the state machine for a change',
        }),
        deadLetterQueue: this.undelivered,
        // EventBridge's own maximum: the grant stays in force until the change is delivered, so it never gives up early.
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    );
  }
}
