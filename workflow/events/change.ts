import * as z from '../runtime/zod.ts';

/** The words for what happened: one IAM write, as CloudTrail reports it, or as the sweep found it. */

/** What can hold inline policies and attachments. */
const entity = z.enum(['user', 'group', 'role']);
export type Entity = z.infer<typeof entity>;

const managedPolicyTarget = z.object({
  type: z.literal('managed-policy'),
  policyArn: z.string(),
  /** The version the change put in force, e.g. `v3`. */
  versionId: z.string(),
});
export type ManagedPolicyTarget = z.infer<typeof managedPolicyTarget>;

const inlinePolicyTarget = z.object({
  type: z.literal('inline-policy'),
  entity,
  entityName: z.string(),
  policyName: z.string(),
});
export type InlinePolicyTarget = z.infer<typeof inlinePolicyTarget>;

const attachmentTarget = z.object({
  type: z.literal('attachment'),
  entity,
  entityName: z.string(),
  policyArn: z.string(),
});
export type AttachmentTarget = z.infer<typeof attachmentTarget>;

const target = z.discriminatedUnion('type', [managedPolicyTarget, inlinePolicyTarget, attachmentTarget]);
export type Target = z.infer<typeof target>;

/**
 * The IAM user whose credentials made a call, by what tells it from another user of its name. What the event does not
 * tell is missing.
 */
const callingUserSchema = z.object({
  name: z.string(),
  /** `AIDA…`: another user of the same name has another one. */
  id: z.optional(z.string()),
  /** `AKIA…` is a key of the user's own, `ASIA…` one of a session. */
  accessKeyId: z.optional(z.string()),
  /** When the session began, ISO 8601, UTC. */
  sessionSince: z.optional(z.iso.datetime()),
  /** The session is one of the console, which a password has opened. */
  console: z.optional(z.literal(true)),
});
export type CallingUser = z.infer<typeof callingUserSchema>;

/** Who made the change, in the words a person would use. */
export const requesterSchema = z.object({
  /** `userIdentity.type` of the record, e.g. `AssumedRole`; `Unknown` when the record has none. */
  type: z.string(),
  /** One line for people: `dana@example.com (Identity Center, role AdministratorAccess)`. Not yet escaped. */
  label: z.string(),
  arn: z.optional(z.string()),
  /** The role behind a session; unlike the session's name, nobody could choose it. */
  roleArn: z.optional(z.string()),
  /** User name, session name or e-mail: what may be compared with an approver's profile. */
  names: z.array(z.string()),
  /** Only of users of IAM, and of the federated users that they have let in. */
  user: z.optional(callingUserSchema),
  /** The service that called on someone's behalf (`invokedBy`), e.g. `cloudformation.amazonaws.com`. */
  via: z.optional(z.string()),
  sourceIp: z.optional(z.string()),
  userAgent: z.optional(z.string()),
});
export type Requester = z.infer<typeof requesterSchema>;

export const changeSchema = z.object({
  /**
   * Short, opaque, derived from account, `eventID` and all that decides what the change is and whose, so that a change
   * reported twice makes one request, and an event that somebody has altered makes another.
   */
  requestId: z.string().check(z.minLength(1)),
  eventId: z.string(),
  eventName: z.string(),
  /** ISO 8601, UTC. */
  eventTime: z.iso.datetime(),
  accountId: z.string(),
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: z.string(),
  requester: requesterSchema,
  target,
  /** When the sweep found it in force, because no event had come. */
  foundAt: z.optional(z.iso.datetime()),
});
export type Change = z.infer<typeof changeSchema>;
