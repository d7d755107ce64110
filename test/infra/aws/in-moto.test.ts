import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { arnOf, asDeployed } from '../../support/as-deployed.ts';
import { MOTO_INSTALLED, motoOfThisFile, NO_MOTO } from '../../support/moto.ts';
import { MotoCloudFormation } from '../../support/moto-cloudformation.ts';
import { type CfnResource, stackOfThisFile } from '../../support/synthesise.ts';

const NOT_MODELLED = 'its CloudFormation does not know the type';

/** What moto cannot deploy, and why. */
const CANNOT: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': NOT_MODELLED,
  'AWS::ApiGatewayV2::Integration': NOT_MODELLED,
  'AWS::ApiGatewayV2::Route': NOT_MODELLED,
  'AWS::ApiGatewayV2::Stage': NOT_MODELLED,
  'AWS::CloudWatch::Alarm': NOT_MODELLED,
  'AWS::KMS::Key': 'it breaks on tags, which CloudFormation words otherwise than KMS',
  'AWS::Logs::MetricFilter': NOT_MODELLED,
  'AWS::Logs::QueryDefinition': NOT_MODELLED,
  'AWS::SNS::TopicPolicy': NOT_MODELLED,
  'AWS::SQS::QueuePolicy': NOT_MODELLED,
  'AWS::SecretsManager::Secret': NOT_MODELLED,
};

const stack = stackOfThisFile();
const changed = stackOfThisFile({ settings: { LOG_LEVEL: 'WARN' } });
const moto = await motoOfThisFile();
const cloudFormation = new MotoCloudFormation(moto.config.endpoint as string);

type Resources = Record<string, CfnResource>;

/** The template without what moto cannot; who names that, gets the ARN that it has once it is deployed. */
function possible({ json }: typeof stack) {
  const isThere = (id: string) => CANNOT[json.Resources[id]?.Type ?? ''] === undefined;
  const { Outputs: _, ...template } = json;
  const kept = Object.entries(json.Resources).filter(([id]) => isThere(id));
  return { ...template, Resources: pointed(Object.fromEntries(kept), json.Resources, isThere) as Resources };
}

function pointed(value: unknown, all: Resources, isThere: (id: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => pointed(each, all, isThere));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  const id = Ref ?? attribute?.[0] ?? '';
  const named = all[id];
  if (named !== undefined && !isThere(id)) return arnOf(id, named);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key !== 'DependsOn') return [key, pointed(each, all, isThere)];
      return [key, [each].flat().filter((one) => isThere(one as string))];
    }),
  );
}

const logLevels = async () => {
  const lambda = new LambdaClient(moto.config);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const levels = Functions.map(async ({ FunctionName }) => {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return Environment?.Variables?.LOG_LEVEL;
  });
  return Promise.all(levels);
};

describe.skipIf(!MOTO_INSTALLED)(`in moto's CloudFormation${NO_MOTO}`, () => {
  test('the stack is created, updated and deleted', async () => {
    await moto.reset();
    await cloudFormation.bootstrap();
    await cloudFormation.upload(stack);
    const template = possible(stack);
    await cloudFormation.apply('CreateStack', template);
    expect(await cloudFormation.status()).toBe('CREATE_COMPLETE');
    expect((await cloudFormation.resources()).toSorted()).toEqual(Object.keys(template.Resources).toSorted());
    const functions = stack.all('AWS::Lambda::Function').length;
    expect(await logLevels()).toEqual(Array(functions).fill('INFO'));

    await cloudFormation.upload(changed);
    await cloudFormation.apply('UpdateStack', possible(changed));
    expect(await cloudFormation.status()).toBe('UPDATE_COMPLETE');
    expect(await logLevels()).toEqual(Array(functions).fill('WARN'));

    await cloudFormation.delete();
    expect(await logLevels()).toEqual([]);
    const { Roles } = await new IAMClient(moto.config).send(new ListRolesCommand({}));
    expect(Roles).toEqual([]);
    const { stateMachines } = await new SFNClient(moto.config).send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([]);
  });

  test.each(Object.keys(CANNOT))('%s is still what it cannot deploy', async (type) => {
    const [[id, resource] = []] = stack.all(type);
    if (id === undefined || resource === undefined) throw new Error(`The template has no ${type} any more.`);
    await moto.reset();
    const alone = asDeployed(resource, stack.json.Resources) as CfnResource & { DependsOn?: unknown };
    delete alone.DependsOn;
    const made = cloudFormation.apply('CreateStack', { Resources: { [id]: alone } });
    expect(
      await made.then(
        () => cloudFormation.resources(),
        () => [],
      ),
    ).toEqual([]);
  });
});
