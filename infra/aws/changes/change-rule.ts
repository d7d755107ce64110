import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { eventPattern } from '../../../workflow/events/event-pattern.ts';
import { GuardRole } from '../compute/guard-role.ts';
import { UndeliveredQueue } from './undelivered-queue.ts';

interface ChangeRuleProps {
  stateMachine: IStateMachine;
}

/** Starts the state machine for every watched IAM event; an event that cannot be delivered is kept, not lost. */
export class ChangeRule extends Construct {
  readonly rule: Rule;
  readonly undelivered: UndeliveredQueue;

  constructor(scope: Construct, id: string, { stateMachine }: ChangeRuleProps) {
    super(scope, id);
    this.undelivered = new UndeliveredQueue(this, 'Undelivered');
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
        // The grant stays in force until the change is delivered, so it never gives up early.
        ...this.undelivered.delivery(),
      }),
    );
  }
}
