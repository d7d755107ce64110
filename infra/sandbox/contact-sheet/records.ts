import { readFileSync } from 'node:fs';
import { PLACE } from '../place.ts';

/** What of a CloudTrail record says who has done what; `request-of.ts` has the rest. */

const identity = (name: string): object =>
  JSON.parse(
    readFileSync(new URL(`../../../fixtures/events/identities/${name}.json`, import.meta.url), 'utf8'),
  );

export const ROOT = identity('root');
export const DANA = identity('identity-center-session');
export const RELEASE = identity('assumed-role');
export const DEVELOPER = { ...identity('iam-user'), userName: 'developer', arn: arnOf('user/developer') };

export function arnOf(resource: string): string {
  return `arn:aws:iam::${PLACE.accountId}:${resource}`;
}

export function createPolicy(userIdentity: object, policyName: string): object {
  const policy = { arn: arnOf(`policy/${policyName}`), defaultVersionId: 'v1' };
  return {
    ...{ eventName: 'CreatePolicy', userIdentity },
    ...{ requestParameters: { policyName }, responseElements: { policy } },
  };
}

/** The second version of a policy, put in force at once. */
export function createVersion(userIdentity: object, policyName: string): object {
  return {
    ...{ eventName: 'CreatePolicyVersion', userIdentity },
    requestParameters: { policyArn: arnOf(`policy/${policyName}`), setAsDefault: true },
    responseElements: { policyVersion: { versionId: 'v2', isDefaultVersion: true } },
  };
}

export function putRolePolicy(userIdentity: object, roleName: string, policyName: string): object {
  return { eventName: 'PutRolePolicy', userIdentity, requestParameters: { roleName, policyName } };
}

export function attachUserPolicy(userIdentity: object, userName: string, policyArn: string): object {
  return { eventName: 'AttachUserPolicy', userIdentity, requestParameters: { userName, policyArn } };
}
