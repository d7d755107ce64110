import { describe, expect, it } from 'vitest';
import { guardrails, POLICY_CHARACTERS } from '../../../../infra/aws/guardrails/guardrails.ts';
import type { Call } from '../../../../infra/iam-evaluator/evaluate.ts';
import { aPlace, OPERATOR, underGuardrails } from './a-place.ts';

const ACCOUNT = '123456789012';
const SHARED = 'hnb659fds';
const OWN = 'pguard';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const bootstrap = (kind: string, qualifier = SHARED) => role(`cdk-${qualifier}-${kind}-${ACCOUNT}-us-east-1`);

const FUNCTION = arn('lambda', 'function:PolicyGuard-ContainFunction9AA0B045-AB12CD34EF56');
const TABLE = arn('dynamodb', 'table/PolicyGuard-LedgerB7379752-AB12CD34EF56');
const MACHINE = arn('states', 'stateMachine:WayStateMachineF0C7C4EE-AB12CD34EF56');
const EXECUTION = `${MACHINE.replace('stateMachine', 'execution')}:0a1b2c3d`;
const RULE = arn('events', 'rule/PolicyGuard-ChangesRuleBC192ED3-AB12CD34EF56');
const QUEUE = arn('sqs', 'PolicyGuard-ChangesUndeliveredDB325D87-AB12CD34EF56');
const TOPIC = arn('sns', 'PolicyGuard-NoticesTopic898AF2CD-AB12CD34EF56');
const ALARM = arn('cloudwatch', 'alarm:PolicyGuard-AlarmsExecutionsFailed3048B83D-AB12CD34EF56');
const SLACK = arn('secretsmanager', 'secret:SecretsSlack37D267AB-AB12CD34EF56-Xy12Zz');
const LINK = arn('secretsmanager', 'secret:SecretsLink8BD13D43-AB12CD34EF56-Xy12Zz');
const LOG = arn('logs', 'log-group:/PolicyGuard/slack:log-stream:today');
const ACCESS_LOG = arn('logs', 'log-group:/aws/vendedlogs/PolicyGuard/access');
const API = 'arn:aws:apigateway:us-east-1::/apis/a1b2c3d4e5';
const KEY = arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab');
const STACK = arn('cloudformation', 'stack/PolicyGuard/8f7e6d5c');
const CONTAIN = role('policy-guard/PolicyGuard-ContainRole56E42541-AB12CD34EF56');
const TRAIL = arn('cloudtrail', 'trail/of-the-whole-company');
const ASSETS = (qualifier: string) => `arn:aws:s3:::cdk-${qualifier}-assets-${ACCOUNT}-us-east-1`;

const TAGGED = { 'aws:ResourceTag/policy-guard': 'protected' };

/** `service:A, B` on a resource, each a call of its own. */
function calls(actions: string, resource: string, context?: Call['context']): Call[] {
  const [service, names = ''] = actions.split(':');
  return names.split(',').map((name) => ({ action: `${service}:${name.trim()}`, resource, context }));
}

/** Whatever ends, gets around, plays, or reads out the guard. */
const ATTACKS: Readonly<Record<string, Call[]>> = {
  'stopping what brings the changes': [
    ...calls(
      'events:DisableRule, DeleteRule, PutRule, PutTargets, RemoveTargets, TagResource, UntagResource',
      RULE,
    ),
    ...calls('events:UpdateEventBus', arn('events', 'event-bus/default')),
    ...calls('events:PutPermission', '*'),
    ...calls(
      'cloudtrail:StopLogging, DeleteTrail, UpdateTrail, PutEventSelectors, PutEventConfiguration',
      TRAIL,
    ),
    ...calls(
      'cloudtrail:StopLogging, PutInsightSelectors, AddTags',
      arn('cloudtrail', 'trail/PolicyGuard-Trail'),
    ),
    ...calls(
      's3:PutBucketPolicy, DeleteBucket, PutLifecycleConfiguration',
      'arn:aws:s3:::policyguard-trailbucket1a2b-xyz',
    ),
    ...calls(
      's3:DeleteObject, PutObject',
      'arn:aws:s3:::policyguard-trailbucket1a2b-xyz/AWSLogs/file.json.gz',
    ),
    ...calls('sqs:DeleteMessage, ReceiveMessage, ChangeMessageVisibility, PurgeQueue, SendMessage', QUEUE),
    ...calls('sqs:SetQueueAttributes, AddPermission, DeleteQueue, StartMessageMoveTask', QUEUE),
  ],
  'changing what the functions run': [
    ...calls(
      'lambda:UpdateFunctionCode, UpdateFunctionConfiguration, DeleteFunction, PublishVersion',
      FUNCTION,
    ),
    ...calls('lambda:AddPermission, RemovePermission, CreateAlias, UpdateAlias, CreateFunction', FUNCTION),
    ...calls(
      'lambda:PutFunctionConcurrency, DeleteFunctionConcurrency, PutProvisionedConcurrencyConfig',
      FUNCTION,
    ),
    ...calls('lambda:PutFunctionEventInvokeConfig, UpdateFunctionEventInvokeConfig', FUNCTION),
    ...calls('lambda:DeleteFunctionEventInvokeConfig, PutFunctionRecursionConfig', FUNCTION),
    ...calls('lambda:PutFunctionCodeSigningConfig, PutRuntimeManagementConfig', FUNCTION),
    ...calls('lambda:CreateFunctionUrlConfig, UpdateFunctionUrlConfig', FUNCTION),
    ...calls('lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': FUNCTION }),
    ...calls(
      'lambda:UpdateEventSourceMapping, DeleteEventSourceMapping',
      arn('lambda', 'event-source-mapping:1234'),
      { 'lambda:FunctionArn': `${FUNCTION}:live` },
    ),
  ],
  'calling the functions': calls('lambda:InvokeFunction, InvokeAsync, InvokeFunctionUrl', FUNCTION),
  'steering the state machine': [
    ...calls(
      'states:UpdateStateMachine, DeleteStateMachine, TagResource, PublishStateMachineVersion',
      MACHINE,
    ),
    ...calls('states:StartExecution, StartSyncExecution, CreateStateMachineAlias', MACHINE),
    ...calls('states:SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat', MACHINE),
    ...calls('states:StopExecution, RedriveExecution', EXECUTION),
  ],
  'writing, reading or losing the ledger': [
    ...calls('dynamodb:PutItem, UpdateItem, DeleteItem, BatchWriteItem', TABLE),
    ...calls('dynamodb:PartiQLInsert, PartiQLUpdate, PartiQLDelete, PartiQLSelect', TABLE),
    ...calls('dynamodb:GetItem, BatchGetItem, Query, Scan, ExportTableToPointInTime', TABLE),
    ...calls('dynamodb:Query, Scan', `${TABLE}/index/byStatus`),
    ...calls('dynamodb:GetRecords', `${TABLE}/stream/2026-11-28T00:00:00.000`),
    ...calls('dynamodb:DeleteTable, UpdateTable, UpdateTimeToLive, UpdateContinuousBackups', TABLE),
    ...calls('dynamodb:PutResourcePolicy, EnableKinesisStreamingDestination, CreateBackup', TABLE),
    ...calls('dynamodb:RestoreTableToPointInTime, CreateTableReplica', TABLE),
    ...calls('dynamodb:DeleteBackup, RestoreTableFromBackup', `${TABLE}/backup/0123`),
  ],
  'reading or replacing a secret': [SLACK, LINK].flatMap((secret) => [
    ...calls('secretsmanager:GetSecretValue, PutSecretValue, UpdateSecret, DeleteSecret', secret),
    ...calls('secretsmanager:PutResourcePolicy, ReplicateSecretToRegions, RotateSecret', secret),
    ...calls('secretsmanager:UpdateSecretVersionStage, CancelRotateSecret, UntagResource', secret),
  ]),
  'breaking the key': [
    ...calls('kms:DisableKey, ScheduleKeyDeletion, PutKeyPolicy, CreateGrant, RetireGrant', KEY, TAGGED),
    ...calls('kms:Decrypt, GenerateDataKey, Encrypt, ReEncryptFrom, UntagResource', KEY, TAGGED),
  ],
  'reading or stopping the notices': [
    ...calls('sns:Subscribe, Publish, SetTopicAttributes, AddPermission, DeleteTopic', TOPIC),
    ...calls('sns:ConfirmSubscription, Unsubscribe, PutDataProtectionPolicy', TOPIC),
    ...calls('sns:SetSubscriptionAttributes, Unsubscribe', `${TOPIC}:1234abcd-12ab`),
  ],
  'silencing the watch': [
    ...calls('cloudwatch:SetAlarmState, DeleteAlarms, DisableAlarmActions, PutMetricAlarm', ALARM),
    ...calls('cloudwatch:PutAlarmMuteRule, TagResource', ALARM),
    ...calls('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'PolicyGuard' }),
    ...calls(
      'cloudwatch:PutDashboard, DeleteDashboards',
      `arn:aws:cloudwatch::${ACCOUNT}:dashboard/PolicyGuard`,
    ),
    ...calls('logs:DeleteLogGroup, PutRetentionPolicy, PutSubscriptionFilter', ACCESS_LOG),
    ...calls('logs:DeleteLogStream, PutLogEvents, CreateLogStream, PutMetricFilter', LOG),
    ...calls('logs:AssociateKmsKey, PutDataProtectionPolicy, PutTransformer', LOG),
  ],
  'getting in front of the functions': [
    ...calls('apigateway:PATCH, DELETE, PUT, POST', API),
    ...calls('apigateway:PATCH, DELETE', `${API}/routes/r1`),
    ...calls('apigateway:POST', `${API}/integrations`),
    ...calls('apigateway:PATCH', `${API}/stages/$default`),
    ...calls(
      'apigateway:PUT, DELETE',
      'arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapis%2Fa1b2c3d4e5',
    ),
  ],
  'becoming the guard': [
    ...calls(
      'iam:PassRole, UpdateAssumeRolePolicy, AttachRolePolicy, PutRolePolicy, DetachRolePolicy',
      CONTAIN,
    ),
    ...calls(
      'iam:DeleteRolePolicy, DeleteRole, UpdateRole, TagRole, UntagRole, PutRolePermissionsBoundary',
      CONTAIN,
    ),
    ...calls('sts:AssumeRole', CONTAIN),
    ...calls('iam:CreateRole', role('policy-guard/mine')),
  ],
  'becoming whoever deploys it, or the operator': [
    ...['cfn-exec-role', 'deploy-role', 'file-publishing-role'].flatMap((kind) =>
      calls(
        'iam:PassRole, UpdateAssumeRolePolicy, AttachRolePolicy, DeleteRole, CreateRole',
        bootstrap(kind),
      ),
    ),
    ...calls(
      'iam:PassRole, UpdateAssumeRolePolicy, PutRolePolicy, DeleteRole, CreateRole, TagRole',
      OPERATOR,
    ),
  ],
  'changing the stack': [
    ...calls(
      'cloudformation:UpdateStack, DeleteStack, CreateStack, CreateChangeSet, ExecuteChangeSet',
      STACK,
    ),
    ...calls('cloudformation:UpdateTerminationProtection, SetStackPolicy, CancelUpdateStack', STACK),
    ...calls('cloudformation:ContinueUpdateRollback, RollbackStack, SignalResource', STACK),
    ...calls('cloudformation:CreateStackRefactor, ExecuteStackRefactor', STACK),
    ...calls('cloudformation:UpdateStack, DeleteStack', arn('cloudformation', 'stack/CDKToolkit/1234')),
  ],
  'making the guard’s tag doubtful, or passing for its part': [
    ...calls('kms:TagResource', arn('kms', 'key/other'), { 'aws:TagKeys': ['team', 'Policy-Guard'] }),
    ...calls('apigateway:DELETE', 'arn:aws:apigateway:us-east-1::/tags/x', {
      'aws:TagKeys': ['policy-guard'],
    }),
  ],
  'getting rid of the guardrails': [
    ...calls('organizations:LeaveOrganization', '*'),
    ...calls('account:CloseAccount', '*'),
    ...calls('organizations:DetachPolicy', `arn:aws:organizations::210987654321:account/o-1/${ACCOUNT}`),
    ...calls(
      'organizations:UpdatePolicy, DeletePolicy, DetachPolicy',
      'arn:aws:organizations::210987654321:policy/o-1/service_control_policy/p-1',
    ),
    ...calls('organizations:DisablePolicyType', 'arn:aws:organizations::210987654321:root/o-1/r-1'),
  ],
};

/** Whom IAM may well allow everything. */
const OUTSIDERS = {
  'an administrator': role('aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef'),
  'the root user': `arn:aws:iam::${ACCOUNT}:root`,
  'an IAM user': `arn:aws:iam::${ACCOUNT}:user/alice`,
  'a role with the operator’s name elsewhere': role('team/PolicyGuardOperator'),
  'a role with a deploying role’s name elsewhere': role(
    `team/cdk-${SHARED}-cfn-exec-role-${ACCOUNT}-us-east-1`,
  ),
};

const shared = underGuardrails(aPlace());

describe.each(Object.entries(OUTSIDERS))('%s is kept from', (_, principal) => {
  it.each(Object.entries(ATTACKS))('%s', (_name, attacks) => {
    expect(attacks.filter((call) => !shared(principal, call).startsWith('denied'))).toEqual([]);
  });
});

describe('a function of the guard that somebody has got hold of is kept from', () => {
  const harmful = (name: string) =>
    ['changing', 'breaking', 'silencing', 'getting in', 'becoming the guard', 'getting rid'].some((start) =>
      name.startsWith(start),
    );

  it.each(Object.entries(ATTACKS).filter(([name]) => harmful(name)))('%s', (_, attacks) => {
    const ownUse = /^(logs:PutLogEvents|logs:CreateLogStream|kms:Decrypt|kms:GenerateDataKey)$/;
    const open = attacks.filter(
      (call) => !ownUse.test(call.action) && !shared(CONTAIN, call).startsWith('denied'),
    );
    expect(open).toEqual([]);
  });
});

/** Ordinary work on what is not the guard's: the same calls, and a few more. */
const EVERY_DAY: Call[] = [
  ...calls(
    'lambda:UpdateFunctionCode, InvokeFunction, AddPermission, CreateFunction',
    arn('lambda', 'function:shop'),
  ),
  ...calls('lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': arn('lambda', 'function:shop') }),
  ...calls('dynamodb:PutItem, Scan, UpdateTimeToLive, DeleteTable, GetItem', arn('dynamodb', 'table/orders')),
  ...calls('dynamodb:PutItem', arn('dynamodb', 'table/not-PolicyGuard-Ledger')),
  ...calls(
    'states:StartExecution, UpdateStateMachine, SendTaskSuccess',
    arn('states', 'stateMachine:WayStateMachine'),
  ),
  ...calls('states:StopExecution, RedriveExecution', arn('states', 'execution:orders:1')),
  ...calls('events:PutRule, PutTargets, DisableRule, DeleteRule', arn('events', 'rule/orders')),
  ...calls('events:PutEvents', arn('events', 'event-bus/default')),
  ...calls('events:UpdateEventBus', arn('events', 'event-bus/orders')),
  ...calls('sqs:SendMessage, DeleteMessage, PurgeQueue', arn('sqs', 'orders')),
  ...calls('sns:Subscribe, Publish, SetSubscriptionAttributes, Unsubscribe', arn('sns', 'orders')),
  ...calls('sns:Unsubscribe, SetSubscriptionAttributes', arn('sns', 'orders:1234abcd')),
  ...calls(
    'secretsmanager:GetSecretValue, PutSecretValue',
    arn('secretsmanager', 'secret:SecretsSlack-Xy12Zz'),
  ),
  ...calls('cloudwatch:SetAlarmState, DeleteAlarms, PutMetricAlarm', arn('cloudwatch', 'alarm:orders')),
  ...calls('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Orders' }),
  ...calls('logs:DeleteLogGroup, PutLogEvents', arn('logs', 'log-group:/aws/lambda/shop')),
  ...calls('logs:DeleteLogGroup', arn('logs', 'log-group:/aws/vendedlogs/orders')),
  ...calls('apigateway:POST, PATCH, DELETE', 'arn:aws:apigateway:us-east-1::/apis/zz99yy88xx/routes'),
  ...calls('apigateway:POST', 'arn:aws:apigateway:us-east-1::/apis', { 'aws:TagKeys': ['team'] }),
  ...calls('kms:Decrypt, GenerateDataKey, ScheduleKeyDeletion', arn('kms', 'key/other')),
  ...calls('kms:TagResource', arn('kms', 'key/other'), { 'aws:TagKeys': ['team'] }),
  ...calls('iam:CreateRole, PassRole, PutRolePolicy, TagRole, UpdateAssumeRolePolicy', role('shop')),
  ...calls('iam:CreatePolicy, CreatePolicyVersion', `arn:aws:iam::${ACCOUNT}:policy/shop`),
  ...calls('sts:AssumeRole', role('shop')),
  ...calls('s3:PutObject, GetObject, DeleteObject', 'arn:aws:s3:::policyguard-reports/2026.csv'),
  ...calls('cloudformation:CreateStack, UpdateStack, DeleteStack', arn('cloudformation', 'stack/Shop/1234')),
  ...calls('cloudformation:DeleteStack', arn('cloudformation', 'stack/PolicyGuardReports/1234')),
  ...calls('cloudtrail:CreateTrail, LookupEvents', '*'),
];

/** Looking at the guard, as an approver or an auditor does. */
const LOOKING: Call[] = [
  ...calls('lambda:GetFunction, GetPolicy, ListVersionsByFunction', FUNCTION),
  ...calls('states:DescribeStateMachine, ListExecutions', MACHINE),
  ...calls('states:DescribeExecution, GetExecutionHistory', EXECUTION),
  ...calls('dynamodb:DescribeTable, DescribeContinuousBackups', TABLE),
  ...calls('events:DescribeRule, ListTargetsByRule', RULE),
  ...calls('sqs:GetQueueAttributes', QUEUE),
  ...calls('sns:GetTopicAttributes, ListSubscriptionsByTopic', TOPIC),
  ...calls('cloudwatch:DescribeAlarms', ALARM),
  ...calls('logs:GetLogEvents, FilterLogEvents, StartQuery', LOG),
  ...calls('secretsmanager:DescribeSecret', SLACK),
  ...calls('kms:DescribeKey', KEY, TAGGED),
  ...calls('iam:GetRole, ListAttachedRolePolicies, GetRolePolicy', CONTAIN),
  ...calls('cloudformation:DescribeStacks, GetTemplate, ListStackResources', STACK),
  ...calls('apigateway:GET', API),
  ...calls('cloudtrail:GetTrailStatus', TRAIL),
];

describe('developers are not kept from', () => {
  const developer = role('Developer');

  it.each([
    ['ordinary work', EVERY_DAY],
    ['looking at the guard', LOOKING],
  ])('%s', (_, everyday) => {
    expect(everyday.filter((call) => shared(developer, call) !== 'allowed')).toEqual([]);
  });

  it('deploying their own CDK apps with a bootstrap that all share', () => {
    const deploying = [
      ...['deploy-role', 'file-publishing-role', 'lookup-role'].flatMap((kind) =>
        calls('sts:AssumeRole, TagSession', bootstrap(kind)),
      ),
      ...calls('s3:PutObject', `${ASSETS(SHARED)}/1234.zip`),
    ];
    expect(deploying.filter((call) => shared(developer, call) !== 'allowed')).toEqual([]);
    expect(
      shared(bootstrap('deploy-role'), { action: 'iam:PassRole', resource: bootstrap('cfn-exec-role') }),
    ).toBe('allowed');
  });
});

describe.each([SHARED, OWN])('with the bootstrap %s', (qualifier) => {
  const says = underGuardrails(aPlace({ qualifier }));
  const refused = (principal: string, expected: Call[]) =>
    expected.filter((call) => says(principal, call) !== 'allowed');

  it('the operator may do everything', () => {
    const everything = [...Object.values(ATTACKS).flat(), ...EVERY_DAY, ...LOOKING];
    // Becoming the operator is for the role's trust policy to say.
    expect(refused(OPERATOR, everything)).toEqual([]);
    expect(refused(OPERATOR, calls('sts:AssumeRole', bootstrap('deploy-role', qualifier)))).toEqual([]);
    expect(
      refused(OPERATOR, calls('iam:CreateRole, AttachRolePolicy', bootstrap('cfn-exec-role', qualifier))),
    ).toEqual([]);
  });

  it('a deployment goes through: the deploying role asks, and CloudFormation does', () => {
    const tags = { 'aws:TagKeys': ['policy-guard'], 'aws:RequestTag/policy-guard': 'protected' };
    expect(
      refused(bootstrap('deploy-role', qualifier), [
        ...calls(
          'cloudformation:CreateChangeSet, ExecuteChangeSet, UpdateTerminationProtection',
          STACK,
          tags,
        ),
        ...calls('cloudformation:DescribeStackEvents, DeleteStack', STACK),
        ...calls('iam:PassRole', bootstrap('cfn-exec-role', qualifier)),
        ...calls('s3:GetObject', `${ASSETS(qualifier)}/1234.zip`),
      ]),
    ).toEqual([]);
    expect(
      refused(bootstrap('cfn-exec-role', qualifier), [
        ...calls('lambda:CreateFunction, UpdateFunctionCode, TagResource', FUNCTION, tags),
        ...calls('iam:CreateRole, PutRolePolicy, PassRole, TagRole', CONTAIN, tags),
        ...calls('dynamodb:CreateTable, UpdateContinuousBackups', TABLE, tags),
        ...calls('secretsmanager:CreateSecret, GetSecretValue', LINK, tags),
        ...calls('kms:CreateKey', '*', tags),
        ...calls('kms:PutKeyPolicy, TagResource', KEY, { ...tags, ...TAGGED }),
        ...calls('states:CreateStateMachine, UpdateStateMachine', MACHINE, tags),
        ...calls('apigateway:POST, PATCH', `${API}/routes`),
        ...calls('sns:Subscribe', TOPIC),
        ...calls('s3:GetObject', `${ASSETS(qualifier)}/1234.zip`),
      ]),
    ).toEqual([]);
    expect(
      refused(
        bootstrap('file-publishing-role', qualifier),
        calls('s3:PutObject', `${ASSETS(qualifier)}/1234.zip`),
      ),
    ).toEqual([]);
  });

  it('nobody changes the roles that deploy, not even by a deployment', () => {
    for (const principal of [bootstrap('cfn-exec-role', qualifier), role('Developer')]) {
      for (const changed of [bootstrap('deploy-role', qualifier), OPERATOR]) {
        for (const call of calls('iam:UpdateAssumeRolePolicy, PutRolePolicy, DeleteRole', changed)) {
          expect(says(principal, call)).toBe('denied by Roles');
        }
      }
    }
  });

  it('containment still takes a grant off the roles that deploy, and off the operator’s', () => {
    for (const holder of [bootstrap('cfn-exec-role', qualifier), OPERATOR, role('Developer')]) {
      expect(
        refused(CONTAIN, calls('iam:DetachRolePolicy, PutRolePolicy, DeleteRolePolicy', holder)),
      ).toEqual([]);
    }
  });
});

describe('with a bootstrap of the guard’s own', () => {
  const says = underGuardrails(aPlace({ qualifier: OWN, toolkitStack: 'CDKToolkit-PolicyGuard' }));
  const administrator = OUTSIDERS['an administrator'];

  it('nobody but the operator deploys the guard', () => {
    for (const kind of ['deploy-role', 'file-publishing-role', 'cfn-exec-role', 'lookup-role']) {
      expect(says(administrator, { action: 'sts:AssumeRole', resource: bootstrap(kind, OWN) })).toBe(
        'denied by Deploy',
      );
    }
  });

  it('nobody puts code of their own where CloudFormation takes the guard’s from', () => {
    for (const call of [
      ...calls('s3:PutBucketPolicy, PutReplicationConfiguration', ASSETS(OWN)),
      ...calls('s3:PutObject, DeleteObject', `${ASSETS(OWN)}/1234.zip`),
    ]) {
      expect(says(administrator, call)).toBe('denied by Code');
    }
  });

  it('the roles with which all others deploy have no power over it', () => {
    const everyones = bootstrap('cfn-exec-role', SHARED);
    const open = Object.values(ATTACKS)
      .flat()
      // What belongs to the other bootstrap is no part of the guard here.
      .filter(({ resource }) => !resource.includes(SHARED) && !resource.includes('stack/CDKToolkit/'))
      .filter((call) => says(everyones, call) === 'allowed');
    expect(open).toEqual([]);
  });

  it('everybody deploys with the other one as before', () => {
    const deploying = [
      ...calls('sts:AssumeRole', bootstrap('deploy-role', SHARED)),
      ...calls('cloudformation:UpdateStack', arn('cloudformation', 'stack/CDKToolkit/1234')),
    ];
    for (const call of deploying) expect(says(administrator, call)).toBe('allowed');
  });
});

it('the state machine and the secrets are known with and without the stack’s name in front', () => {
  const named = [MACHINE, EXECUTION, SLACK, LINK].flatMap((plain) => [
    plain,
    plain.replace(/(stateMachine|execution|secret):/, '$1:PolicyGuard-'),
  ]);
  for (const resource of named) {
    const action = resource.includes(':states:') ? 'states:TagResource' : 'secretsmanager:DeleteSecret';
    expect({ resource, says: shared(role('Developer'), { action, resource }) }).toEqual({
      resource,
      says: 'denied by Change',
    });
  }
});

describe('before the id of the API is known', () => {
  it('the API and its stage are known by their tag', () => {
    const says = underGuardrails(aPlace({ apiId: undefined }));
    for (const resource of [API, `${API}/stages/$default`]) {
      expect(says(role('Developer'), { action: 'apigateway:PATCH', resource, context: TAGGED })).toBe(
        'denied by ChangeTagged',
      );
    }
  });
});

describe('the policies', () => {
  const everyPlace = [SHARED, 'tencharact'].flatMap((qualifier) =>
    [
      { partition: 'aws', region: 'us-east-1' },
      { partition: 'aws-us-gov', region: 'us-gov-west-1' },
      { partition: 'aws-cn', region: 'cn-north-1' },
    ].map((place) =>
      aPlace({
        ...place,
        qualifier,
        toolkitStack: 'CDKToolkit-PolicyGuard',
        operator: `arn:${place.partition}:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/${place.region}/AWSReservedSSO_${'N'.repeat(32)}_${'?'.repeat(16)}`,
      }),
    ),
  );

  it.each(everyPlace)('fit into what AWS Organizations takes: $qualifier in $region', (place) => {
    const policies = guardrails(place);
    for (const policy of policies) expect(policy.length).toBeLessThanOrEqual(POLICY_CHARACTERS);
    // Five can be attached, and FullAWSAccess is one of them.
    expect(policies.length).toBeLessThanOrEqual(4);
  });

  it.each(everyPlace)(
    'name nothing of another partition, account or region: $qualifier in $region',
    (place) => {
      for (const [arn] of guardrails(place)
        .join()
        .matchAll(/arn:[^"]+/g)) {
        const [, partition, service, region, account] = arn.split(':');
        expect({ arn, partition, region, account }).toEqual({
          arn,
          partition: place.partition,
          region: region === '' ? '' : place.region,
          account: account === '' ? '' : ACCOUNT,
        });
        if (account === '') expect(['s3', 'apigateway']).toContain(service);
      }
    },
  );

  it('keep an administrator from the guard in every partition', () => {
    for (const place of everyPlace) {
      const says = underGuardrails(place);
      const call = {
        action: 'lambda:UpdateFunctionCode',
        resource: `arn:${place.partition}:lambda:${place.region}:${ACCOUNT}:function:PolicyGuard-ContainFunction`,
      };
      expect(says(`arn:${place.partition}:iam::${ACCOUNT}:user/alice`, call)).toBe('denied by Change');
    }
  });

  it.each([SHARED, OWN])('except nobody whose role somebody else could make: %s', (qualifier) => {
    const place = aPlace({ qualifier });
    const statements = guardrails(place).flatMap((policy) => JSON.parse(policy).Statement);
    const excepted = new Set<string>(
      statements.flatMap(({ Condition }) => Condition.ArnNotLike['aws:PrincipalArn']),
    );
    const says = underGuardrails(place);
    for (const pattern of excepted) {
      const call = { action: 'iam:CreateRole', resource: pattern.replaceAll('*', 'any') };
      expect({ pattern, says: says(OUTSIDERS['an administrator'], call) }).toEqual({
        pattern,
        says: expect.stringMatching(/^denied by (Change|Roles)$/),
      });
    }
    expect(excepted.size).toBeGreaterThanOrEqual(4);
  });

  it('only deny', () => {
    const statements = guardrails(aPlace()).flatMap((policy) => JSON.parse(policy).Statement);
    expect(new Set(statements.map(({ Effect }: { Effect: string }) => Effect))).toEqual(new Set(['Deny']));
  });
});
