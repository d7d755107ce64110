import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../infra/aws/create-app.ts';
import { readDeploymentSettings } from '../../../infra/aws/deployment-settings.ts';
import { STACK_NAME } from '../../../infra/aws/names.ts';
import { TABLE } from '../../../workflow/ledger/table.ts';
import { stackOfThisFile, synthesiseOnce } from '../../support/synthesise.ts';

const stack = stackOfThisFile({ settings: { CREATE_TRAIL: 'true', ADMIN_EMAIL: 'admin@example.com' } });

describe('cdk-nag', () => {
  const wildcards = ['<AWS::AccountId>:policy/*', 'aws:policy/*'].concat(
    ['user', 'group', 'role'].map((entity) => `<AWS::AccountId>:${entity}/*`),
  );
  const iam5 = (construct: string, resources = wildcards) =>
    resources.map((resource) => `${construct}: IAM5[Resource::arn:<AWS::Partition>:iam::${resource}]`);

  it('finds nothing that is not acknowledged', () => {
    expect(new AwsSolutionsChecks().validateScope(stack.app)).toMatchObject({
      success: true,
      violations: [],
    });
  });

  it('stops the synthesis at a new finding and names the resource', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'policy-guard-nag-'));
    onTestFinished(() => rmSync(outdir, { recursive: true }));
    const app = createApp(
      readDeploymentSettings(tmpdir(), {}),
      { region: 'us-east-1' },
      { outdir, context: { 'aws:cdk:bundling-stacks': [] } },
    );
    new Bucket(app.node.findChild(STACK_NAME) as Stack, 'Unencrypted');
    expect(() => app.synth()).toThrow('Unencrypted');
  });

  it('is told of exactly these exceptions, one by one, each with its reason', () => {
    const acknowledged = stack.app.node.findAll().flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.entries(data as Record<string, string>))
        .map(([id, reason]) => {
          expect(reason.length).toBeGreaterThan(20);
          const rule = id.replace(/^.*AwsSolutions-/, '');
          return `${construct.node.path.replace('PolicyGuard/', '')}: ${rule}`;
        }),
    );
    expect(acknowledged.sort()).toEqual(
      [
        'Secrets/Slack: SMG4',
        'Secrets/Link: SMG4',
        ...iam5('Contain/Role'),
        ...iam5(
          'Contain/Late',
          wildcards.filter((resource) => !resource.startsWith('aws:')),
        ),
        ...iam5('Inspect/Role'),
        'Reconcile/Role: IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<WayStateMachineF0C7C4EE.Name>:*]',
        ...iam5('Reconcile/Role'),
        'Reconcile/Role: IAM5[Resource::*]',
        'Contain/Role: IAM5[Resource::*]',
        'Inspect/Role: IAM5[Resource::*]',
        'Way/Role: IAM5[Resource::*]',
        'Trail/Bucket: S1',
        'Changes/Undelivered: SQS3',
        'Summary/Undelivered: SQS3',
        'Public/Api/POST--slack--events: APIG4',
        'Public/Api/GET--slack--install: APIG4',
        'Public/Api/GET--slack--oauth_redirect: APIG4',
        'Public/Api/GET--decide: APIG4',
        'Public/Api/POST--decide: APIG4',
      ].sort(),
    );
  });
});

describe('the ledger', () => {
  it('is the table that the code expects, recoverable, protected, and kept when the stack goes', () => {
    stack.template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        KeySchema: [
          { AttributeName: TABLE.partitionKey, KeyType: 'HASH' },
          { AttributeName: TABLE.sortKey, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          Match.objectLike({
            IndexName: TABLE.index.name,
            KeySchema: [
              { AttributeName: TABLE.index.partitionKey, KeyType: 'HASH' },
              { AttributeName: TABLE.index.sortKey, KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'ALL' },
          }),
        ],
      }),
    });
  });
});

describe('secrets', () => {
  it('start with empty Slack credentials, in a text that no later deployment changes', () => {
    stack.template.hasResourceProperties('AWS::SecretsManager::Secret', {
      SecretString: '{"signingSecret":"","clientId":"","clientSecret":"","botToken":""}',
    });
  });

  it('have a random key for links', () => {
    stack.template.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: { GenerateStringKey: 'linkSigningKey', PasswordLength: 64 },
    });
  });
});

describe('notices', () => {
  it('are encrypted with a key that CloudWatch may use, so that the guard’s own alarms arrive', () => {
    stack.template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const cloudWatch = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };
    stack.template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({ ...cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
        ]),
      }),
    });
    const filledIn = (name: string) => ({ Ref: `AWS::${name}` });
    const ofOwnAlarms = {
      'Fn::Join': [
        '',
        [
          ...['arn:', filledIn('Partition'), ':cloudwatch:', filledIn('Region'), ':', filledIn('AccountId')],
          ...[':alarm:', filledIn('StackName'), '-*'],
        ],
      ],
    };
    stack.template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            ...cloudWatch,
            Action: 'sns:Publish',
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': ofOwnAlarms },
            },
          }),
        ]),
      }),
    });
  });

  it('go to the admin', () => {
    stack.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'admin@example.com',
    });
  });

  const mayNotSubscribe = (condition: object) => ({
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sns:Subscribe', ...condition }),
      ]),
    }),
  });

  it('go to nobody else: the topic lets no other address in, and is told of a new one before that subscribes', () => {
    const condition = { StringNotEqualsIgnoreCase: { 'sns:Endpoint': 'admin@example.com' } };
    stack.template.hasResourceProperties('AWS::SNS::TopicPolicy', mayNotSubscribe({ Condition: condition }));
    const [[policyId] = []] = stack.all('AWS::SNS::TopicPolicy');
    stack.template.hasResource('AWS::SNS::Subscription', { DependsOn: Match.arrayWith([policyId]) });
  });

  it('have no subscriber, and synth says so, while nobody is named', () => {
    const without = synthesiseOnce({
      settings: { SLACK_CHANNEL: 'C1SECURITY', SLACK_TEAM_ID: 'T1SECURITY', APPROVERS: 'S1SECURITY' },
    });
    without.template.resourceCountIs('AWS::SNS::Subscription', 0);
    without.template.hasResourceProperties(
      'AWS::SNS::TopicPolicy',
      mayNotSubscribe({ Condition: Match.absent() }),
    );
    expect(without.messages).toEqual([expect.stringContaining('ADMIN_EMAIL is not set')]);
  });
});

describe('settings', () => {
  it('that nobody has chosen give a template all the same, which says what it lacks', () => {
    const clean = synthesiseOnce({ settings: {} });
    expect(clean.messages).toContainEqual(expect.stringContaining('Copy .env.example to .env'));
    for (const parameter of Object.values(clean.template.findParameters('*'))) {
      expect(parameter).toHaveProperty('Default');
    }
  });
});

describe('a trail', () => {
  it('logs management writes into a bucket that nobody else gets into, and that outlives the stack', () => {
    stack.template.hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: 'WriteOnly' }],
    });
    stack.template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 400, Status: 'Enabled' })] },
      }),
    });
  });

  it('is made only where the setting asks for it', () => {
    const without = synthesiseOnce({ settings: {} });
    without.template.resourceCountIs('AWS::CloudTrail::Trail', 0);
    without.template.resourceCountIs('AWS::S3::Bucket', 0);
  });
});

it('the stack is protected from deletion', () => {
  expect(stack.app.synth().getStackByName(STACK_NAME).terminationProtection).toBe(true);
});

describe('everything', () => {
  it('that logs has a named log that ends after a year', () => {
    const logs = stack.all('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties);
    expect(logs).toHaveLength(9);
    for (const { RetentionInDays, LogGroupName } of logs) {
      expect(RetentionInDays).toBe(365);
      expect(LogGroupName).toBeDefined();
    }
  });

  it('is tagged as the guard’s own, for the service control policies', () => {
    for (const type of ['AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::IAM::Role']) {
      for (const [, { Properties }] of stack.all(type)) {
        expect(Properties.Tags).toContainEqual({ Key: 'policy-guard', Value: 'protected' });
      }
    }
  });

  it('that scripts and people need to know is an output', () => {
    expect(Object.keys(stack.json.Outputs).sort()).toEqual(
      [
        ...['EventRuleName', 'InstallUrl', 'LinkSecretArn', 'PublicUrl', 'Region', 'SlackSecretArn'],
        ...['StateMachineArn', 'TableName', 'TopicArn'],
      ].sort(),
    );
  });
});

it('never gives what holds something another logical id, which would delete it and make it anew', () => {
  const holding = /^AWS::(DynamoDB::Table|SecretsManager::Secret|SNS::Topic|KMS::Key|S3::Bucket)$/;
  const { Resources } = stack.json as { Resources: Record<string, { Type: string }> };
  const ids = Object.entries(Resources).filter(([, { Type }]) => holding.test(Type));
  expect(ids.map(([id]) => id).sort()).toEqual([
    'LedgerB7379752',
    'NoticesKey98C62BF4',
    'NoticesTopic898AF2CD',
    'SecretsLink8BD13D43',
    'SecretsSlack37D267AB',
    'TrailBucket6C1E344E',
  ]);
});
