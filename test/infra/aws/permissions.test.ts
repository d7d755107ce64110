import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../../workflow/runtime/settings/schema.ts';
import { type CfnResource, readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** What a role may do: one line for each action, sorted, `action on resource, …`. */
function may(role: string): string[] {
  const policies = stack
    .all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles.some((each: unknown) => readable(each) === `<${role}>`));
  const statements: Statement[] = policies.flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement,
  );
  return statements.flatMap(lines).sort();
}

function lines({ Effect, Action, Resource, Condition }: Statement): string[] {
  const resources = [Resource].flat().map(readable).join(', ');
  const only = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
  const verb = Effect === 'Deny' ? 'NOT ' : '';
  return [Action].flat().map((action) => `${verb}${action} on ${resources}${only}`);
}

const POLICIES = 'arn:<Partition>:iam::<AccountId>:policy/*';
const ANY_POLICY = `${POLICIES}, arn:<Partition>:iam::aws:policy/*`;
const USERS = 'arn:<Partition>:iam::<AccountId>:user/*';
const GROUPS = 'arn:<Partition>:iam::<AccountId>:group/*';
const ROLES = 'arn:<Partition>:iam::<AccountId>:role/*';
const OWN_ROLES = [
  ...['Contain', 'Inspect', 'Notify', 'Way', 'Changes', 'Slack', 'Email', 'Install', 'Reconcile'].map(
    (name) => `<${name}Role.Arn>`,
  ),
].join(', ');
const BY_ITSELF =
  ' if {"ArnEquals":{"lambda:SourceFunctionArn":{"Fn::GetAtt":["ContainFunction9AA0B045","Arn"]}}}';
const only = (...keys: string[]) =>
  ` if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(keys)}}}`;

const log = (name: string) => [
  `logs:CreateLogStream on <${name}Log.Arn>`,
  `logs:PutLogEvents on <${name}Log.Arn>`,
];

const READ_IAM = [
  `iam:GetPolicy on ${ANY_POLICY}`,
  `iam:GetPolicyVersion on ${ANY_POLICY}`,
  `iam:ListEntitiesForPolicy on ${ANY_POLICY}`,
  `iam:GetUser on ${USERS}`,
  `iam:GetUserPolicy on ${USERS}`,
  `iam:GetGroup on ${GROUPS}`,
  `iam:GetGroupPolicy on ${GROUPS}`,
  `iam:GetRole on ${ROLES}`,
  `iam:GetRolePolicy on ${ROLES}`,
  'iam:GetAccountAuthorizationDetails on *',
];

const LOOK_AT_ATTACHMENTS = ['User', 'Group', 'Role'].map(
  (entity) => `iam:ListAttached${entity}Policies on ${USERS}, ${GROUPS}, ${ROLES}`,
);

const DECIDE = [
  'dynamodb:GetItem on <Ledger.Arn>',
  `dynamodb:UpdateItem on <Ledger.Arn>${only('request#*')}`,
  `dynamodb:PutItem on <Ledger.Arn>${only('request#*', 'audit#*')}`,
  'states:SendTaskSuccess on <WayStateMachine>',
  'states:SendTaskFailure on <WayStateMachine>',
];

const READ_HISTORY = [
  `dynamodb:Query on <Ledger.Arn>${only('history#*')}`,
  'dynamodb:Query on <Ledger.Arn>/index/byStatus',
];

const PERMISSIONS: Record<string, string[]> = {
  Inspect: [
    ...READ_IAM,
    `iam:ListPolicyVersions on ${ANY_POLICY}`,
    ...LOOK_AT_ATTACHMENTS,
    'dynamodb:GetItem on <Ledger.Arn>',
    `dynamodb:PutItem on <Ledger.Arn>${only('inventory#*')}`,
    `dynamodb:DeleteItem on <Ledger.Arn>${only('inventory#*')}`,
    `dynamodb:PutItem on <Ledger.Arn>${only('renamed#*')}`,
    `dynamodb:Query on <Ledger.Arn>${only('policy#*', 'document#*', 'intent#*', 'renamed#*', 'inventory#*')}`,
  ],
  Contain: [
    ...READ_IAM,
    `iam:ListPolicyVersions on ${ANY_POLICY}`,
    ...LOOK_AT_ATTACHMENTS,
    `iam:CreatePolicyVersion on ${POLICIES}${BY_ITSELF}`,
    `iam:SetDefaultPolicyVersion on ${POLICIES}${BY_ITSELF}`,
    `iam:DeletePolicyVersion on ${POLICIES}${BY_ITSELF}`,
    `iam:PutUserPolicy on ${USERS}${BY_ITSELF}`,
    `iam:DeleteUserPolicy on ${USERS}${BY_ITSELF}`,
    `iam:AttachUserPolicy on ${USERS}${BY_ITSELF}`,
    `iam:DetachUserPolicy on ${USERS}${BY_ITSELF}`,
    `iam:PutGroupPolicy on ${GROUPS}${BY_ITSELF}`,
    `iam:DeleteGroupPolicy on ${GROUPS}${BY_ITSELF}`,
    `iam:AttachGroupPolicy on ${GROUPS}${BY_ITSELF}`,
    `iam:DetachGroupPolicy on ${GROUPS}${BY_ITSELF}`,
    `iam:PutRolePolicy on ${ROLES}${BY_ITSELF}`,
    `iam:DeleteRolePolicy on ${ROLES}${BY_ITSELF}`,
    `iam:AttachRolePolicy on ${ROLES}${BY_ITSELF}`,
    `iam:DetachRolePolicy on ${ROLES}${BY_ITSELF}`,
    `iam:ListAccessKeys on ${USERS}`,
    `iam:GetLoginProfile on ${USERS}`,
    'iam:ListAccountAliases on *',
    `NOT iam:PutRolePolicy on ${OWN_ROLES}`,
    `NOT iam:DeleteRolePolicy on ${OWN_ROLES}`,
    `NOT iam:AttachRolePolicy on ${OWN_ROLES}`,
    `NOT iam:DetachRolePolicy on ${OWN_ROLES}`,
    'dynamodb:GetItem on <Ledger.Arn>',
    `dynamodb:Query on <Ledger.Arn>${only('intent#*', 'history#*', 'policy#*', 'renamed#*', 'inventory#*')}`,
    'dynamodb:BatchGetItem on <Ledger.Arn>',
    `dynamodb:PutItem on <Ledger.Arn>${only('policy#*', 'intent#*', 'renamed#*')}`,
  ],
  Notify: [
    'dynamodb:GetItem on <Ledger.Arn>',
    'dynamodb:BatchGetItem on <Ledger.Arn>',
    'dynamodb:PutItem on <Ledger.Arn>',
    'dynamodb:UpdateItem on <Ledger.Arn>',
    'dynamodb:DeleteItem on <Ledger.Arn>',
    ...READ_HISTORY,
    `dynamodb:Query on <Ledger.Arn>${only('informed#*')}`,
    'secretsmanager:GetSecretValue on <SecretsSlack>, <SecretsLink>',
    'sns:Publish on <NoticesTopic>',
    'sns:ListSubscriptionsByTopic on <NoticesTopic>',
    'sns:GetTopicAttributes on <NoticesTopic>',
    'kms:Decrypt on <NoticesKey.Arn>',
    'kms:GenerateDataKey on <NoticesKey.Arn>',
  ],
  Slack: [
    ...DECIDE,
    `dynamodb:UpdateItem on <Ledger.Arn>${only('inventory#*')}`,
    ...READ_HISTORY,
    'dynamodb:BatchGetItem on <Ledger.Arn>',
    'secretsmanager:GetSecretValue on <SecretsSlack>',
    'dynamodb:DescribeTable on <Ledger.Arn>',
    'sns:ListSubscriptionsByTopic on <NoticesTopic>',
    'events:DescribeRule on <ChangesRule.Arn>',
    'lambda:InvokeFunction on <SlackFunction.Arn>',
    `dynamodb:Query on <Ledger.Arn>${only('request#*')}`,
  ],
  Email: [...DECIDE, 'secretsmanager:GetSecretValue on <SecretsLink>'],
  Install: [
    'secretsmanager:GetSecretValue on <SecretsSlack>, <SecretsLink>',
    'secretsmanager:PutSecretValue on <SecretsSlack>',
  ],
  Reconcile: [
    ...READ_IAM,
    ...LOOK_AT_ATTACHMENTS,
    `dynamodb:Query on <Ledger.Arn>${only('history#*')}`,
    `dynamodb:Query on <Ledger.Arn>${only('inventory#*', 'intent#*')}`,
    'sns:ListSubscriptionsByTopic on <NoticesTopic>',
    'dynamodb:GetItem on <Ledger.Arn>',
    'dynamodb:Query on <Ledger.Arn>/index/byStatus',
    'dynamodb:BatchGetItem on <Ledger.Arn>',
    `dynamodb:UpdateItem on <Ledger.Arn>${only('request#*')}`,
    `dynamodb:PutItem on <Ledger.Arn>${only('restart#*', 'sweep', 'request#*', 'audit#*', 'confirm#*', 'inventory#*')}`,
    `dynamodb:DeleteItem on <Ledger.Arn>${only('restart#*', 'further#*', 'confirm#*', 'inventory#*')}`,
    'states:StartExecution on <WayStateMachine>',
    'states:ListExecutions on <WayStateMachine>',
    'states:DescribeExecution on arn:<Partition>:states:<Region>:<AccountId>:execution:<WayStateMachine.Name>:*',
    'states:SendTaskSuccess on <WayStateMachine>',
    'states:SendTaskFailure on <WayStateMachine>',
    'cloudtrail:LookupEvents on *',
    'sqs:ReceiveMessage on <ChangesUndelivered.Arn>',
    'sqs:DeleteMessage on <ChangesUndelivered.Arn>',
    'sqs:GetQueueAttributes on <ChangesUndelivered.Arn>',
  ],
};

describe('a function may do exactly', () => {
  it.each(Object.entries(PERMISSIONS))('what is written here: %s', (name, permissions) => {
    expect(may(`${name}Role`)).toEqual([...permissions, ...log(name)].sort());
  });

  it('and every function is named here', () => {
    expect(
      Object.keys(PERMISSIONS)
        .map((name) => name.toLowerCase())
        .sort(),
    ).toEqual([...FUNCTION_NAMES].sort());
  });
});

describe('beside the functions', () => {
  it('the state machine may run its three steps, deliver its log and trace, and no more', () => {
    const anything = [
      ...[
        'CreateLogDelivery',
        'GetLogDelivery',
        'UpdateLogDelivery',
        'DeleteLogDelivery',
        'ListLogDeliveries',
      ],
      ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
    ].map((action) => `logs:${action} on *`);
    const traces = ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'];
    expect(may('WayRole')).toEqual(
      [
        'lambda:InvokeFunction on <InspectFunction.Arn>, <ContainFunction.Arn>, <NotifyFunction.Arn>',
        ...anything,
        ...traces.map((action) => `xray:${action} on *`),
      ].sort(),
    );
  });

  it('the event rule may start the state machine', () => {
    expect(may('ChangesRole')).toEqual(['states:StartExecution on <WayStateMachine>']);
  });
});

describe('roles', () => {
  const IAM_WRITE = /^iam:(?!Get|List)/;
  const roles = () => stack.all('AWS::IAM::Role') as [string, CfnResource][];

  it('lie on the path that the guardrails protect, without a managed policy', () => {
    for (const [id, { Properties }] of roles()) {
      expect({ id, path: Properties.Path, managed: Properties.ManagedPolicyArns }).toEqual({
        id,
        path: '/policy-guard/',
        managed: undefined,
      });
    }
  });

  it('have all their permissions in the policies that are listed above', () => {
    expect(roles().filter(([, { Properties }]) => Properties.Policies !== undefined)).toEqual([]);
    expect(stack.all('AWS::IAM::ManagedPolicy')).toEqual([]);
    expect(stack.all('AWS::IAM::Policy')).toHaveLength(FUNCTION_NAMES.length + 4);
  });

  it('are all out of reach of contain, and nothing else on their path is', () => {
    const denials = stack
      .all('AWS::IAM::Policy')
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Effect }) => Effect === 'Deny');
    const denied = denials.flatMap(({ Resource }) => [Resource].flat().map(readable));
    expect(denied.sort()).toEqual(
      roles()
        .map(([id]) => readable({ 'Fn::GetAtt': [id, 'Arn'] }))
        .sort(),
    );
  });

  it('can write IAM only where contain is meant', () => {
    const writers = roles()
      .map(([id]) => readable({ Ref: id }).slice(1, -1))
      .filter((role) => may(role).some((line) => IAM_WRITE.test(line)));
    expect(writers).toEqual(['ContainRole']);
  });

  it('can be assumed by the service that runs them, and by nothing else', () => {
    const services = roles().map(([, { Properties }]) =>
      Properties.AssumeRolePolicyDocument.Statement.map((each: { Principal: unknown }) =>
        JSON.stringify(each.Principal),
      ),
    );
    const service = (name: string) => [JSON.stringify({ Service: `${name}.amazonaws.com` })];
    expect(services.sort()).toEqual(
      [...FUNCTION_NAMES.map(() => service('lambda')), service('states'), service('events')].sort(),
    );
  });
});
