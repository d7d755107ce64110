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
  /** All that there are, active or not. */
  accessKeys: { id: string; createdAt: string }[];
  /** When its login profile was made; missing where it has none. */
  passwordAt?: string;
}

/** `NoSuchEntity`: the policy, version, user, group, role, inline policy or attachment is not there. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

/** `LimitExceeded`: a policy has five versions already, or a document is longer than its quota leaves room for. */
export class LimitExceededError extends Error {
  override name = 'LimitExceededError';
}

/** `MalformedPolicyDocument`: IAM does not take this document, though it may hold one like it from earlier years. */
export class RefusedDocumentError extends Error {
  override name = 'RefusedDocumentError';
}

/** `UnmodifiableEntity`: AWS itself owns it, and changes it for nobody else. */
export class UnmodifiableError extends Error {
  override name = 'UnmodifiableError';
}

/** `AccessDenied`: a policy keeps the guard from this call; no try will change that. */
export class AccessRefusedError extends Error {
  override name = 'AccessRefusedError';
}

/** What a name stands for at one moment: IAM gives a name again to another user, group, role or policy. */
interface Identified {
  /** `RoleId`, `UserId`, `GroupId` or `PolicyId`, e.g. `AROA…`. */
  id: string;
  arn: string;
}

/** A user, group or role that may hold grants. */
export interface Holder extends Identified {
  /** ISO 8601, UTC; whole seconds. */
  createdAt: string;
  /** A role's trust policy: who may become it. */
  trust?: string;
  /** A group's users, as `user/alice`, with their ids; missing when they are more than two hundred. */
  members?: Member[];
}

/** Somebody whom a grant serves: `user/alice`, with the unique id that the name stands for. */
export interface Member {
  name: string;
  id: string;
}

/**
 * The IAM calls that the guard makes, with documents decoded from their URL encoding, byte for byte.
 * Reading methods throw NotFoundError, AccessRefusedError; every other failure comes through as the SDK threw it.
 */
export interface IamReader {
  /** @returns the id of the default version, e.g. `v1` */
  getDefaultVersionId(policyArn: string): Promise<string>;
  getPolicy(policyArn: string): Promise<Identified>;
  getHolder(entity: Entity, entityName: string): Promise<Holder>;
  /** The name that a user or group has now, by its unique id. @returns undefined when there is none of this id */
  findName(entity: Entity, id: string): Promise<string | undefined>;
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
  /** What the account calls itself; undefined where it has no alias. Asked once, for it hardly ever changes. */
  getAccountAlias(): Promise<string | undefined>;
  /** Everybody that a managed policy is attached to, sorted by name. @throws TooManyError past two hundred */
  listHolders(policyArn: string): Promise<Member[]>;
  /** Every inline policy of all users, groups or roles. */
  listInlinePolicies(entity: Entity): Promise<InlinePolicy[]>;
  /** The version in force of every customer managed policy. */
  listDefaultVersions(): Promise<DefaultVersion[]>;
}

/**
 * Only the `contain` function is given this. A write is made once: whoever repeats it has to look first, because it
 * may have happened though its answer was lost. Writes throw UnmodifiableError and AccessRefusedError too.
 */
export interface IamWriter extends IamReader {
  /** @returns the new version's id @throws LimitExceededError, RefusedDocumentError */
  createDefaultPolicyVersion(policyArn: string, document: string): Promise<string>;
  setDefaultPolicyVersion(policyArn: string, versionId: string): Promise<void>;
  deletePolicyVersion(policyArn: string, versionId: string): Promise<void>;
  /** @throws LimitExceededError, RefusedDocumentError */
  putInlinePolicy(entity: Entity, entityName: string, policyName: string, document: string): Promise<void>;
  deleteInlinePolicy(entity: Entity, entityName: string, policyName: string): Promise<void>;
  attach(entity: Entity, entityName: string, policyArn: string): Promise<void>;
  detach(entity: Entity, entityName: string, policyArn: string): Promise<void>;
}
