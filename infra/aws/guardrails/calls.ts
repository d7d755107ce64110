/**
 * What anybody may do to the parts of the guard whom IAM lets: look. Everything else is denied, whatever calls AWS
 * adds. What holds secrets is looked at, not read: the ledger's items have task tokens in them.
 */
export const LOOKS = [
  'apigateway:GET',
  'cloudtrail:Describe*',
  'cloudtrail:Get*',
  'cloudtrail:List*',
  'cloudwatch:Describe*',
  'cloudwatch:Get*',
  'cloudwatch:List*',
  'dynamodb:Describe*',
  'dynamodb:List*',
  'events:Describe*',
  'events:List*',
  'iam:Generate*',
  'iam:Get*',
  'iam:List*',
  'iam:Simulate*',
  'lambda:Get*',
  'lambda:List*',
  'logs:Describe*',
  'logs:Filter*',
  'logs:Get*',
  'logs:List*',
  'logs:Start*',
  's3:Get*',
  's3:List*',
  'secretsmanager:DescribeSecret',
  'secretsmanager:GetResourcePolicy',
  'secretsmanager:List*',
  'sns:Get*',
  'sns:List*',
  'sqs:Get*',
  'sqs:List*',
  'states:Describe*',
  'states:GetExecutionHistory',
  'states:List*',
] as const;

/** What the guard does to its own parts in daily life, and nobody else. */
export const USES = [
  'dynamodb:BatchGetItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'lambda:InvokeFunction',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'secretsmanager:GetSecretValue',
  'secretsmanager:PutSecretValue',
  'sns:Publish',
  'sqs:DeleteMessage',
  'sqs:ReceiveMessage',
  'states:SendTaskFailure',
  'states:SendTaskSuccess',
  'states:StartExecution',
] as const;

export const LOOKS_AT_KEYS = ['kms:Describe*', 'kms:Get*', 'kms:List*'] as const;
export const USES_OF_KEYS = ['kms:Decrypt', 'kms:GenerateDataKey'] as const;

export const LOOKS_AT_STACKS = [
  'cloudformation:Describe*',
  'cloudformation:Detect*',
  'cloudformation:Get*',
  'cloudformation:List*',
] as const;

/** Every way to get rid of these policies: by leaving, or where the account administers those of its organisation. */
export const ENDS_OF_GUARDRAILS = [
  'account:CloseAccount',
  'organizations:DeletePolicy',
  'organizations:DetachPolicy',
  'organizations:DisablePolicyType',
  'organizations:LeaveOrganization',
  'organizations:UpdatePolicy',
] as const;

/** Every way to end what all trails tell EventBridge, its own trail or not. */
export const ENDS_OF_TRAILS = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventConfiguration',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
] as const;
