import type { Permission } from './description.ts';

/** The guard watches the whole account, so its IAM permissions name kinds of things, not things. */
const inAccount = (resource: string) => `arn:{partition}:iam::{account}:${resource}/*`;

export const ACCOUNT_POLICIES = inAccount('policy');
const AWS_MANAGED_POLICIES = 'arn:{partition}:iam::aws:policy/*';
export const USERS = inAccount('user');
export const GROUPS = inAccount('group');
export const ROLES = inAccount('role');

/** What a judgement needs to see of IAM, and what containment needs to look at again before it writes. */
export const READ_IAM: readonly Permission[] = [
  {
    sid: 'ReadPolicies',
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
    resources: [ACCOUNT_POLICIES, AWS_MANAGED_POLICIES],
  },
  // What a policy is attached to: whom a change of it serves.
  {
    sid: 'ReadAttachments',
    actions: ['iam:ListEntitiesForPolicy'],
    resources: [ACCOUNT_POLICIES, AWS_MANAGED_POLICIES],
  },
  {
    sid: 'ReadUsers',
    actions: ['iam:GetUser', 'iam:GetUserPolicy'],
    resources: [USERS],
  },
  {
    sid: 'ReadGroups',
    actions: ['iam:GetGroup', 'iam:GetGroupPolicy'],
    resources: [GROUPS],
  },
  {
    sid: 'ReadRoles',
    actions: ['iam:GetRole', 'iam:GetRolePolicy'],
    resources: [ROLES],
  },
  // For the changes whose names CloudTrail leaves out; IAM knows no resource for this action.
  { sid: 'ReadAccount', actions: ['iam:GetAccountAuthorizationDetails'], resources: ['*'] },
];

/** What may be put in force instead, for whoever plans or does that. */
export const LOOK_AT_VERSIONS: Permission = {
  sid: 'LookAtVersions',
  actions: ['iam:ListPolicyVersions'],
  resources: [ACCOUNT_POLICIES, AWS_MANAGED_POLICIES],
};

/** Whether something is attached: before the sweep takes it for so, and after it was detached or attached. */
export const LOOK_AT_ATTACHMENTS: Permission = {
  sid: 'LookAtAttachments',
  actions: ['User', 'Group', 'Role'].map((entity) => `iam:ListAttached${entity}Policies`),
  resources: [USERS, GROUPS, ROLES],
};

/** What a decision takes, from Slack or from an e-mail: the ledger first, then the state machine is told. */
export const DECIDE_REQUESTS: readonly Permission[] = [
  { sid: 'ReadRequest', actions: ['dynamodb:GetItem'], resources: ['{table}'] },
  {
    sid: 'WriteDecision',
    actions: ['dynamodb:UpdateItem'],
    resources: ['{table}'],
    items: ['request#*'],
  },
  {
    sid: 'WriteAudit',
    actions: ['dynamodb:PutItem'],
    resources: ['{table}'],
    items: ['request#*', 'audit#*'],
  },
  {
    sid: 'DeliverDecision',
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
    resources: ['{stateMachine}'],
  },
];

/** The requests of one status; what they hold is read together. */
export const LIST_REQUESTS: Permission = {
  sid: 'ListRequests',
  actions: ['dynamodb:Query'],
  resources: ['{index}'],
};
export const READ_TOGETHER: Permission = {
  sid: 'ReadTogether',
  actions: ['dynamodb:BatchGetItem'],
  resources: ['{table}'],
};

/** What was asked before about the same target or for the same requester. */
export const READ_HISTORY: Permission = {
  sid: 'ReadHistory',
  actions: ['dynamodb:Query'],
  resources: ['{table}'],
  items: ['history#*'],
};
