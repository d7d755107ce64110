import type { Entity } from '../../../../workflow/events/change.ts';

/** What IAM holds. One mutable structure: every operation reads it, the writing ones change it. */
export interface IamState {
  readonly accountId: string;
  /** Null until somebody has given it one. */
  alias: string | null;
  readonly now: () => Date;
  /** By ARN. */
  readonly policies: Map<string, ManagedPolicy>;
  /** By name in lower case: IAM tells names apart without regard to case. */
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly roles: Map<string, Role>;
}

interface Tag {
  Key: string;
  Value: string;
}

export interface PolicyVersion {
  /** 1, 2, …: `v1`, `v2`, … */
  number: number;
  /** Byte for byte as it was sent. */
  document: string;
  createdAt: Date;
}

export interface ManagedPolicy {
  name: string;
  id: string;
  arn: string;
  path: string;
  awsManaged: boolean;
  description?: string;
  tags: Tag[];
  createdAt: Date;
  updatedAt: Date;
  /** Oldest first. */
  versions: PolicyVersion[];
  defaultVersion: number;
  /** The highest number ever given: numbers are not used again. */
  lastVersion: number;
}

/** What users, groups and roles have in common. */
export interface PolicyHolder {
  readonly type: Entity;
  name: string;
  id: string;
  arn: string;
  path: string;
  createdAt: Date;
  /** Policy name → document. */
  inline: Map<string, string>;
  /** ARNs of managed policies, in the order they were attached. */
  attached: Set<string>;
}

export interface AccessKey {
  id: string;
  secret: string;
  createdAt: Date;
}

export interface User extends PolicyHolder {
  readonly type: 'user';
  tags: Tag[];
  accessKeys: AccessKey[];
}

export interface Group extends PolicyHolder {
  readonly type: 'group';
  members: Set<User>;
}

export interface Role extends PolicyHolder {
  readonly type: 'role';
  trustPolicy: string;
  description?: string;
  maxSessionDuration: number;
  tags: Tag[];
}

/** Every user, group and role. */
export function policyHolders(state: IamState): (User | Group | Role)[] {
  return [...state.users.values(), ...state.groups.values(), ...state.roles.values()];
}

/** The users, groups and roles that a managed policy is attached to. */
export function holdersOf(state: IamState, policyArn: string): (User | Group | Role)[] {
  return policyHolders(state).filter(({ attached }) => attached.has(policyArn));
}

/** The groups that a user is in. */
export function groupsOf(state: IamState, user: User): Group[] {
  return [...state.groups.values()].filter(({ members }) => members.has(user));
}
