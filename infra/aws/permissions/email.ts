import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DecisionResources } from './decide.ts';
import { decideRequests } from './decide.ts';
import type { GuardedResources } from './guarded-resources.ts';
import { allow } from './statements.ts';

/** Decides for whoever holds a signed link. */
export function emailPermissions(resources: GuardedResources & DecisionResources): PolicyStatement[] {
  return [
    ...decideRequests(resources),
    allow('ReadSecret', ['secretsmanager:GetSecretValue'], resources.linkSecret),
  ];
}
