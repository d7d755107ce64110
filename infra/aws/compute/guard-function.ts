import { Duration } from 'aws-cdk-lib';
import { Policy, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { isLate } from '../../../workflow/functions/description.ts';
import type { FunctionName, SettingName } from '../../../workflow/runtime/settings/schema.ts';
import { FUNCTIONS } from '../../functions/functions.ts';
import { functionCode, listFiles } from '../bundle/function-code.ts';
import type { ListTexts } from '../deployment-settings.ts';
import { type GuardedResources, toStatements } from '../permissions/statements.ts';
import { GuardLogGroup } from '../watch/guard-log-group.ts';
import { assertEnvironmentFits } from './environments.ts';
import { GuardRole } from './guard-role.ts';

interface GuardFunctionProps {
  name: FunctionName;
  /** What its permissions name. */
  resources: GuardedResources;
  /** Its settings, as strings. */
  environment: Record<string, string>;
  /** Every list that is given; the function gets its own. */
  lists: ListTexts;
  /** Whether the account has concurrent executions to keep free. */
  reserveConcurrency: boolean;
}

/** One function: its code, its own role, its own log. */
export class GuardFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: GuardRole;
  readonly logGroup: LogGroup;
  private readonly name: FunctionName;

  /** @throws SettingsError when its settings are more than Lambda takes */
  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    this.name = props.name;
    const { about: description, timeout, memory, concurrency, permissions } = FUNCTIONS[props.name];
    const lists = listFiles(props.name, props.lists);
    const environment: Record<string, string> = {
      ...props.environment,
      ...Object.fromEntries(lists.map(({ setting, file }) => [`${setting}_FILE`, file])),
      NODE_OPTIONS: '--enable-source-maps',
    };
    assertEnvironmentFits(props.name, environment);
    this.logGroup = new GuardLogGroup(this, 'Log', { name: props.name });
    this.role = new GuardRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      statements: toStatements(
        permissions.filter((permission) => !isLate(permission)),
        props.resources,
      ),
    });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: functionCode(this, props.name, lists),
      role: this.role,
      logGroup: this.logGroup,
      timeout: Duration.seconds(timeout),
      memorySize: memory,
      ...(props.reserveConcurrency && { reservedConcurrentExecutions: concurrency }),
      environment,
    });
  }

  /**
   * Grants what names the function itself, or every role of the guard. In a policy of its own, because a role's own
   * one comes before its function: CloudFormation would go round in a circle.
   *
   * @param ownRoles ARNs of all roles of the guard
   * @returns undefined when it needs nothing of the kind
   */
  grantLate(ownRoles: readonly string[]): Policy | undefined {
    const late = FUNCTIONS[this.name].permissions.filter(isLate);
    if (late.length === 0) return undefined;
    const statements = toStatements(late, { ownRoles, self: this.function.functionArn });
    return new Policy(this, 'Late', { roles: [this.role], statements });
  }

  /** Adds a setting that is known only once the function exists. */
  tell(setting: SettingName, value: string): void {
    this.function.addEnvironment(setting, value);
  }
}
