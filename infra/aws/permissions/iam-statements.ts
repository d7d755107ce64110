import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ACCOUNT_POLICIES,
  AWS_MANAGED_POLICIES,
  GROUPS,
  OWN_ROLES,
  ROLES,
  USERS,
} from './guarded-resources.ts';
import { allow, deny } from './statements.ts';

const WRITE_POLICIES = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:DeletePolicyVersion',
] as const;

const writeEntity = (entity: 'User' | 'Group' | 'Role') => [
  `iam:Put${entity}Policy`,
  `iam:Delete${entity}Policy`,
  `iam:Attach${entity}Policy`,
  `iam:Detach${entity}Policy`,
];

/** What inspection needs to see of IAM, and what containment needs to look at again before it writes. */
export function readIam(): PolicyStatement[] {
  return [
    allow(
      'ReadPolicies',
      ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions'],
      ACCOUNT_POLICIES,
      AWS_MANAGED_POLICIES,
    ),
    allow('ReadUsers', ['iam:GetUserPolicy', 'iam:ListAttachedUserPolicies'], USERS),
    allow('ReadGroups', ['iam:GetGroupPolicy', 'iam:ListAttachedGroupPolicies'], GROUPS),
    allow('ReadRoles', ['iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'], ROLES),
    // For the changes whose names CloudTrail leaves out; IAM knows no resource for this action.
    allow('ReadAccount', ['iam:GetAccountAuthorizationDetails'], '*'),
  ];
}

/** What a quarantined policy is attached to, for whoever decides. */
export function readAttachments(): PolicyStatement {
  return allow('ReadAttachments', ['iam:ListEntitiesForPolicy'], ACCOUNT_POLICIES, AWS_MANAGED_POLICIES);
}

/**
 * Quarantine, restore and discard. Whoever may write policies on any role could write themselves more rights, so
 * the guard's own roles are out of reach: a deny beats whatever else is allowed, now or later.
 */
export function writeIam(): PolicyStatement[] {
  return [
    allow('WritePolicies', WRITE_POLICIES, ACCOUNT_POLICIES),
    allow('WriteUsers', writeEntity('User'), USERS),
    allow('WriteGroups', writeEntity('Group'), GROUPS),
    allow('WriteRoles', writeEntity('Role'), ROLES),
    deny('LeaveOwnRolesAlone', writeEntity('Role'), OWN_ROLES),
  ];
}
