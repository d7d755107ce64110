import type { Entity } from '../../events/change.ts';
import type { DefaultVersion, InlinePolicy } from '../../events/padded-change.ts';

export interface PolicyVersion {
  versionId: string;
  isDefault: boolean;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** A user under a name, and what it signs in with, by age. Times are ISO 8601, UTC. */
export interface UserAge {
  /** `AIDA…`: another user of the same name has another one. */
  userId: string;
  createdAt: string;
  /** When its newest access key or its login profile was made; missing where it has neither. */
  credentialAt?: string;
}

/** `NoSuchEntity`: the policy, version, user, group, role, inline policy or attachment is not there. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

/** `LimitExceeded`: a policy has five versions already. */
export class LimitExceededError extends Error {
  override name = 'LimitExceededError';
}

/**
 * The IAM calls that the guard makes, with documents decoded from their URL encoding, byte for byte.
 * Reading methods throw NotFoundError; every other failure comes through as the SDK threw it.
 */
export interface IamReader {
  /** @returns the id of the default version, e.g. `v1` */
  getDefaultVersionId(policyArn: string): Promise<string>;
  getPolicyVersion(policyArn: string, versionId: string): Promise<string>;
  /** Every version, newest first. */
  listPolicyVersions(policyArn: string): Promise<PolicyVersion[]>;
  getInlinePolicy(entity: Entity, entityName: string, policyName: string): Promise<string>;
  isAttached(entity: Entity, entityName: string, policyArn: string): Promise<boolean>;
  /**
   * The users, groups and roles that a managed policy is attached to, as `user/alice`; after the first hundred only
   * that there are more.
   */
  listAttachedTo(policyArn: string): Promise<string[]>;
  /** How old a user and what it signs in with are. @throws NotFoundError */
  getUserAge(userName: string): Promise<UserAge>;
  /** Every inline policy of all users, groups or roles. */
  listInlinePolicies(entity: Entity): Promise<InlinePolicy[]>;
  /** The version in force of every customer managed policy. */
  listDefaultVersions(): Promise<DefaultVersion[]>;
}

/** Only the `contain` function is given this. */
export interface IamWriter extends IamReader {
  /** @returns the new version's id @throws LimitExceededError when there are five */
  createDefaultPolicyVersion(policyArn: string, document: string): Promise<string>;
  setDefaultPolicyVersion(policyArn: string, versionId: string): Promise<void>;
  deletePolicyVersion(policyArn: string, versionId: string): Promise<void>;
  putInlinePolicy(entity: Entity, entityName: string, policyName: string, document: string): Promise<void>;
  deleteInlinePolicy(entity: Entity, entityName: string, policyName: string): Promise<void>;
  attach(entity: Entity, entityName: string, policyArn: string): Promise<void>;
  detach(entity: Entity, entityName: string, policyArn: string): Promise<void>;
}
