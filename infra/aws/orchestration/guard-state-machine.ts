import { fileURLToPath } from 'node:url';
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { machineStatements, STEP_FUNCTIONS } from '../../functions/machine-statements.ts';
import { acknowledge } from '../acknowledge.ts';
import { GuardRole } from '../compute/guard-role.ts';
import { GuardLogGroup } from '../watch/guard-log-group.ts';

const DEFINITION = fileURLToPath(new URL('../../../workflow/state-machine.asl.json', import.meta.url));

type GuardStateMachineProps = Readonly<Record<(typeof STEP_FUNCTIONS)[number], IFunction>>;

/** `workflow/state-machine.asl.json` with its placeholders filled in; it may invoke its three functions, no more. */
export class GuardStateMachine extends Construct {
  readonly stateMachine: StateMachine;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, steps: GuardStateMachineProps) {
    super(scope, id);
    this.logGroup = new GuardLogGroup(this, 'Log', { name: 'state-machine', vended: true });
    const role = new GuardRole(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Policy Guard: runs the way of a change',
      statements: machineStatements(STEP_FUNCTIONS.map((name) => steps[name].functionArn)).map((statement) =>
        PolicyStatement.fromJson(statement),
      ),
    });
    acknowledge(
      role,
      'IAM5[Resource::*]',
      'CDK adds the actions of log delivery and X-Ray; AWS knows no resource for them.',
    );
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Policy Guard: the way of a change',
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(DEFINITION),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        InspectFunctionArn: steps.inspect.functionArn,
        ContainFunctionArn: steps.contain.functionArn,
        NotifyFunctionArn: steps.notify.functionArn,
      },
      role,
      // Execution data would show task tokens and documents to everyone who may read the log.
      logs: { destination: this.logGroup, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
  }
}

/** An ARN pattern of all executions of a state machine. */
export function executionsOf({ stateMachineName }: StateMachine): string {
  return `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${stateMachineName}:*`;
}
