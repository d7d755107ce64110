/** The words for what happened: one IAM write, as CloudTrail reports it. Types only. */

/** What can hold inline policies and attachments. */
export type Entity = 'user' | 'group' | 'role';

export interface ManagedPolicyTarget {
  type: 'managed-policy';
  policyArn: string;
  /** The version the change put in force, e.g. `v3`. */
  versionId: string;
}

export interface InlinePolicyTarget {
  type: 'inline-policy';
  entity: Entity;
  entityName: string;
  policyName: string;
}

export interface AttachmentTarget {
  type: 'attachment';
  entity: Entity;
  entityName: string;
  policyArn: string;
}

export type Target = ManagedPolicyTarget | InlinePolicyTarget | AttachmentTarget;

/** Who made the change, in the words a person would use. */
export interface Requester {
  /** `userIdentity.type` of the record, e.g. `AssumedRole`; `Unknown` when the record has none. */
  type: string;
  /** One line for people: `dana@example.com (Identity Center, role AdministratorAccess)`. Not yet escaped. */
  label: string;
  arn?: string;
  /** The role behind a session; unlike the session's name, nobody could choose it. */
  roleArn?: string;
  /** User name, session name or e-mail: what may be compared with an approver's profile. */
  names: string[];
  /** The service that called on someone's behalf (`invokedBy`), e.g. `cloudformation.amazonaws.com`. */
  via?: string;
  sourceIp?: string;
  userAgent?: string;
}

export interface Change {
  /** Short, opaque, derived from account and `eventID`, so that a change reported twice makes one request. */
  requestId: string;
  eventId: string;
  eventName: string;
  /** ISO 8601, UTC. */
  eventTime: string;
  accountId: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  requester: Requester;
  target: Target;
}
