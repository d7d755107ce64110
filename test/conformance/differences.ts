import type { Unlike } from './compare.ts';

/** Where the sandbox is right to answer otherwise than moto. */
export interface Difference {
  /** Any, where there are none. */
  operations: readonly string[];
  /** What the calls are about, as in the data; all of these operations where it is missing. */
  about?: readonly string[];
  /** How the field's path ends; `verdict` where only one of them refuses, `refusal` where the code is another. */
  field: string;
  why: string;
  /** The page of AWS's documentation that decides it; none where it is only known how IAM or Step Functions answer. */
  page?: string;
}

const DOCS = 'https://docs.aws.amazon.com';
const iamGuide = (page: string) => `${DOCS}/IAM/latest/UserGuide/${page}.html`;
const iamApi = (page: string) => `${DOCS}/IAM/latest/APIReference/API_${page}.html`;

const HOLDERS = ['User', 'Group', 'Role'];
const forEach = (name: (entity: string) => string) => HOLDERS.map(name);
const PUT_INLINE = forEach((entity) => `Put${entity}Policy`);
const ALL_DETAILS = 'GetAccountAuthorizationDetails';
const POLICY_WRITES = [
  'CreatePolicyVersion',
  'SetDefaultPolicyVersion',
  'DeletePolicyVersion',
  'DeletePolicy',
];

const documents: Difference[] = [
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['a Principal', 'a NotPrincipal'],
    field: 'verdict',
    why: 'an identity-based policy names no principal',
    page: iamGuide('reference_policies_elements_principal'),
  },
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['an action of every service'],
    field: 'verdict',
    why: 'an action is prefixed by the namespace of one service',
    page: iamGuide('reference_policies_elements_action'),
  },
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['a Sid with a space'],
    field: 'verdict',
    why: 'a Sid is of letters and digits',
    page: iamGuide('reference_policies_elements_sid'),
  },
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['leading white space'],
    field: 'verdict',
    why: '“JSON strings must not have leading spaces”',
  },
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['characters beyond Latin-1', 'the length of the API and one more'],
    field: 'verdict',
    why: 'PolicyDocument has a pattern and at most 131,072 characters',
    page: iamApi('CreatePolicy'),
  },
  {
    operations: ['CreatePolicy', ...PUT_INLINE],
    about: ['a document that is too long', 'beyond the quota'],
    field: 'verdict',
    why: 'documents have quotas of characters, white space not counted',
    page: iamGuide('reference_iam-quotas'),
  },
  {
    operations: ['CreateRole', 'UpdateAssumeRolePolicy'],
    about: ['no Principal'],
    field: 'verdict',
    why: 'a trust policy says in its Principal who can assume the role',
    page: iamGuide('reference_policies_elements_principal'),
  },
  {
    operations: ['CreateRole', 'UpdateAssumeRolePolicy'],
    about: ['an Effect in another case'],
    field: 'verdict',
    why: 'the value of Effect is case-sensitive',
    page: iamGuide('reference_policies_elements_effect'),
  },
  {
    operations: ['CreateRole', 'UpdateAssumeRolePolicy'],
    about: ['text that is no JSON'],
    field: 'verdict',
    why: 'MalformedPolicyDocument',
    page: iamApi('UpdateAssumeRolePolicy'),
  },
  {
    operations: ['CreateRole', 'UpdateAssumeRolePolicy'],
    about: ['a Resource', 'another action', 'no action'],
    field: 'verdict',
    why: '“Has prohibited field Resource”, “AssumeRole policy may only specify STS AssumeRole actions”',
  },
  {
    operations: ['UpdateAssumeRolePolicy'],
    about: ['the older Version'],
    field: 'verdict',
    why: 'a policy of 2008-10-17 is an older one and still valid; CreateRole takes it in moto too',
    page: iamGuide('reference_policies_elements_version'),
  },
];

const parameters: Difference[] = [
  {
    operations: ['CreatePolicy', ...forEach((entity) => `Create${entity}`), ...PUT_INLINE],
    about: [
      ...['a name with a space', 'under a name with a space', 'a name that is too long'],
      ...['a path without slashes', 'for a minute'],
    ],
    field: 'verdict',
    why: 'names, paths and durations have patterns and bounds',
    page: iamApi('CreateRole'),
  },
  {
    operations: ['CreatePolicy', ...forEach((entity) => `Create${entity}`)],
    about: ['a name that is taken in another case'],
    field: 'verdict',
    why: 'names are not distinguished by case',
    page: iamApi('CreatePolicy'),
  },
  {
    operations: ['CreatePolicy'],
    about: ['without a document'],
    field: 'refusal',
    why: 'ValidationError, for a required parameter is null',
  },
  {
    operations: ['ListPolicies', 'ListEntitiesForPolicy', ALL_DETAILS],
    about: ['of a scope that is none', 'none at a time', 'of a kind that is none', 'by a kind that is none'],
    field: 'verdict',
    why: 'the parameter has valid values',
    page: iamApi('ListPolicies'),
  },
  {
    operations: [
      ...POLICY_WRITES,
      'GetPolicyVersion',
      'ListPolicyVersions',
      ...forEach((e) => `Attach${e}Policy`),
    ],
    about: ['of what is no ARN', 'by what is no ARN'],
    field: 'refusal',
    why: 'InvalidInput is what the operation answers to a parameter that is none',
    page: iamApi('DeletePolicy'),
  },
  {
    operations: POLICY_WRITES,
    about: ['of a policy of AWS', 'of one of AWS'],
    field: 'refusal',
    why: 'policies of AWS cannot be changed',
    page: iamGuide('access_policies_managed-vs-inline'),
  },
  {
    operations: POLICY_WRITES,
    about: ['of a policy of another account'],
    field: 'refusal',
    why: 'AccessDenied, whether it is there or not: nobody learns what others have',
  },
  {
    operations: ['GetPolicyVersion', 'SetDefaultPolicyVersion'],
    about: ['that can be none'],
    field: 'refusal',
    why: 'VersionId has the pattern v[1-9][0-9]*',
    page: iamApi('GetPolicyVersion'),
  },
];

const conflicts: Difference[] = [
  {
    operations: ['DeletePolicy'],
    about: ['of one with versions', 'of one that is attached'],
    field: 'verdict',
    why: 'it has to be detached and to have its versions deleted before',
    page: iamApi('DeletePolicy'),
  },
  {
    operations: ['DeleteGroup'],
    about: ['of one with a policy', 'of one with an inline policy', 'with a member'],
    field: 'verdict',
    why: 'a group has to be without members and policies',
    page: iamApi('DeleteGroup'),
  },
  {
    operations: ['DeleteUser'],
    about: ['of one with keys', 'of one in a group'],
    field: 'verdict',
    why: 'a user has to be without keys and groups',
    page: iamApi('DeleteUser'),
  },
  {
    operations: ['ListEntitiesForPolicy', 'ListInstanceProfilesForRole'],
    about: ['of a policy that is not there', 'of nobody'],
    field: 'verdict',
    why: 'NoSuchEntity',
    page: iamApi('ListEntitiesForPolicy'),
  },
];

const ids = ['UserId', 'GroupId', 'PolicyId'].map((field) => ({
  operations: [],
  field,
  why: 'unique ids begin with AIDA, AGPA and ANPA',
  page: `${iamGuide('reference_identifiers')}#identifiers-prefixes`,
}));

const CREATE_ROLE_ANSWER = {
  why: 'the answer of CreateRole does not have it, as its example shows',
  page: iamApi('CreateRole'),
};

const PAGED = [
  ...['ListPolicies', 'ListPolicyVersions', 'ListGroupPolicies', 'ListGroups', 'GetGroup'],
  ...['ListAccessKeys', 'ListInstanceProfilesForRole'],
];

const answers: Difference[] = [
  ...ids,
  {
    operations: [ALL_DETAILS],
    field: 'AssumeRolePolicyDocument.encoded',
    why: 'documents come URL-encoded',
    page: iamApi(ALL_DETAILS),
  },
  {
    operations: ['ListRoles'],
    field: 'AssumeRolePolicyDocument.encoded',
    why: 'documents come URL-encoded',
    page: `${DOCS}/sdkfornet1/latest/apidocs/html/T_Amazon_IdentityManagement_Model_Role.htm`,
  },
  {
    operations: ['GetPolicyVersion'],
    field: 'Document.encoded',
    why: 'documents come URL-encoded',
    page: iamApi('GetPolicyVersion'),
  },
  {
    operations: ['CreatePolicyVersion', 'ListPolicyVersions'],
    field: 'Document',
    why: 'the document comes with GetPolicyVersion, not with these',
    page: iamApi('PolicyVersion'),
  },
  {
    operations: ['CreatePolicy', 'GetPolicy', 'ListPolicies', ALL_DETAILS],
    field: 'PermissionsBoundaryUsageCount',
    why: 'a policy has it',
    page: iamApi('Policy'),
  },
  {
    operations: [ALL_DETAILS],
    field: 'Policies[].PolicyName',
    why: 'a policy has its name',
    page: iamApi('ManagedPolicyDetail'),
  },
  {
    operations: [ALL_DETAILS],
    field: 'Policies[].Description',
    why: 'a policy that was given no description has none',
    page: iamApi('ManagedPolicyDetail'),
  },
  {
    operations: [ALL_DETAILS],
    field: 'Policies[].AttachmentCount',
    why: 'it counts whom the policy is attached to, not how often that was asked for',
    page: iamApi('ManagedPolicyDetail'),
  },
  {
    operations: [ALL_DETAILS],
    field: 'Policies[].PolicyVersionList[].IsDefaultVersion',
    why: 'the default version says that it is, also after it was set and others were deleted',
    page: iamApi('PolicyVersion'),
  },
  {
    operations: ['ListAccountAliases'],
    field: 'IsTruncated',
    why: 'lists come page by page, and each page tells whether there is another',
    page: iamApi('ListAccountAliases'),
  },
  ...['IsTruncated', 'Marker', 'Versions'].map((field) => ({
    operations: PAGED,
    field,
    why: 'lists come page by page, and each page tells whether there is another',
    page: iamApi('ListPolicyVersions'),
  })),
  {
    operations: ['ListGroups'],
    about: ['under a path'],
    field: 'Groups',
    why: 'PathPrefix leaves out the others',
    page: iamApi('ListGroups'),
  },
  ...['PolicyGroups', 'PolicyRoles', 'PolicyUsers'].map((field) => ({
    operations: ['ListEntitiesForPolicy'],
    about: ['under a path', 'as boundary'],
    field,
    why: 'PathPrefix and PolicyUsageFilter leave out the others',
    page: iamApi('ListEntitiesForPolicy'),
  })),
  { operations: ['CreateRole'], field: 'MaxSessionDuration', ...CREATE_ROLE_ANSWER },
  { operations: ['CreateRole'], field: 'RoleLastUsed', ...CREATE_ROLE_ANSWER },
];

const sns = (page: string) => `${DOCS}/sns/latest/api/API_${page}.html`;
const secretsManager = (page: string) => `${DOCS}/secretsmanager/latest/apireference/API_${page}.html`;
const stepFunctions = (page: string) => `${DOCS}/step-functions/latest/apireference/API_${page}.html`;

const otherServices: Difference[] = [
  {
    operations: ['GetTopicAttributes'],
    about: ['of what is no ARN'],
    field: 'refusal',
    why: 'InvalidParameter',
    page: sns('GetTopicAttributes'),
  },
  {
    operations: ['GetTopicAttributes'],
    field: 'Attributes.DeliveryPolicy',
    why: 'it is what a topic was given',
    page: sns('GetTopicAttributes'),
  },
  {
    operations: ['Subscribe', 'ListSubscriptionsByTopic', 'ListSubscriptions'],
    field: 'SubscriptionArn',
    why: 'a subscription has no ARN before it is confirmed',
    page: sns('Subscribe'),
  },
  {
    operations: ['Subscribe'],
    about: ['a protocol that is none'],
    field: 'verdict',
    why: 'there is a list of protocols',
    page: sns('Subscribe'),
  },
  {
    operations: ['Publish'],
    about: ['a subject of two lines'],
    field: 'verdict',
    why: 'a subject has no line breaks',
    page: sns('Publish'),
  },
  {
    operations: ['CreateSecret'],
    about: ['a name with a space', 'of both'],
    field: 'verdict',
    why: 'names have a pattern, and a secret holds text or bytes',
    page: secretsManager('CreateSecret'),
  },
  {
    operations: ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret'],
    field: 'status',
    why: 'ResourceNotFoundException comes with 400',
    page: secretsManager('GetSecretValue'),
  },
  {
    operations: ['PutSecretValue'],
    about: ['that is being deleted'],
    field: 'verdict',
    why: 'InvalidRequestException while it is scheduled for deletion',
    page: secretsManager('PutSecretValue'),
  },
  {
    operations: ['DescribeExecution'],
    about: ['that was stopped'],
    field: 'error',
    why: 'an execution that was stopped has the error it was given',
    page: stepFunctions('StopExecution'),
  },
  {
    operations: ['DescribeExecution'],
    about: ['that was stopped'],
    field: 'cause',
    why: 'an execution that was stopped has the cause it was given',
    page: stepFunctions('StopExecution'),
  },
  ...['redriveCount', 'redriveStatus', 'redriveStatusReason'].map((field) => ({
    operations: ['DescribeExecution'],
    field,
    why: 'it tells how often it was redriven, and whether it can be',
    page: stepFunctions('DescribeExecution'),
  })),
  {
    operations: ['ListExecutions'],
    field: 'executions[].redriveCount',
    why: 'an execution in the list has it',
    page: stepFunctions('ExecutionListItem'),
  },
  {
    operations: ['DescribeStateMachine'],
    field: 'loggingConfiguration.includeExecutionData',
    why: 'it is false unless it was set',
  },
  {
    operations: ['ListStateMachines'],
    field: 'stateMachines[].type',
    why: 'a machine in the list has its type',
    page: stepFunctions('StateMachineListItem'),
  },
  {
    operations: ['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'],
    field: 'verdict',
    why: 'InvalidToken',
    page: stepFunctions('SendTaskSuccess'),
  },
];

export const DIFFERENCES: readonly Difference[] = [
  ...documents,
  ...parameters,
  ...conflicts,
  ...answers,
  ...otherServices,
];

/** Whether a call may meet this difference. */
export function concerns({ operations, about }: Difference, operation: string, call: string): boolean {
  const isOneOfThem = operations.length === 0 || operations.includes(operation);
  return isOneOfThem && (about?.includes(call) ?? true);
}

/** Whether what is unlike in an answer is this difference. */
export function explains(
  difference: Difference,
  operation: string,
  about: string,
  { field }: Unlike,
): boolean {
  const isField = field === difference.field || field.endsWith(`.${difference.field}`);
  return isField && concerns(difference, operation, about);
}
