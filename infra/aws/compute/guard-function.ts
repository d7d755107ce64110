import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SettingName } from '../../../workflow/runtime/settings/schema.ts';
import type { FunctionName } from '../../functions/function-specs.ts';
import { FUNCTION_SPECS } from '../../functions/function-specs.ts';
import { functionCode, listFiles } from '../bundle/function-code.ts';
import type { ListTexts } from '../deployment-settings.ts';
import { GuardLogGroup } from '../watch/guard-log-group.ts';
import { assertEnvironmentFits } from './environments.ts';
import { GuardRole } from './guard-role.ts';

export interface GuardFunctionProps {
  name: FunctionName;
  /** What it may do besides writing its own log. */
  statements: readonly PolicyStatement[];
  /** Its settings, as strings; see FUNCTION_SPECS. */
  environment: Record<string, string>;
  /** Every list that is given; the function gets its own. */
  lists: ListTexts;
}

/** One function: its code, its own role, its own log. */
export class GuardFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: GuardRole;
  readonly logGroup: LogGroup;

  /** @throws SettingsError when its settings are more than Lambda takes */
  constructor(scope: Construct, id: string, props: GuardFunctionProps) {
    super(scope, id);
    const spec = FUNCTION_SPECS[props.name];
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
      description: spec.description,
      statements: props.statements,
    });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: spec.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: functionCode(this, props.name, lists),
      role: this.role,
      logGroup: this.logGroup,
      timeout: Duration.seconds(spec.timeout),
      memorySize: spec.memory,
      environment,
    });
  }

  /** Adds a setting that is known only once the function exists. */
  tell(setting: SettingName, value: string): void {
    this.function.addEnvironment(setting, value);
  }
}
