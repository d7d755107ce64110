import { changeSchema, requesterSchema } from '../events/change.ts';
import { exemptionSchema } from '../events/exemptions/exemption.ts';
import { differenceSchema } from '../inspection/count-difference.ts';
import { packedDocumentSchema } from '../inspection/packed-document.ts';
import { inspectionSummarySchema } from '../inspection/summarise.ts';
import * as z from '../runtime/zod.ts';

/**
 * A request and what belongs to it, as steps, ledger and messages know them. The schemas are the rules by which items
 * of the table become requests; attributes that are not named are dropped. Times are ISO 8601, UTC.
 */

const time = z.iso.datetime();

/** The named ends of an execution. */
export const outcomeSchema = z.enum([
  'allowed',
  'approved',
  'denied',
  'expired',
  /** CloudTrail knows of nobody who made the change: what was taken out was put back. */
  'unfounded',
  'superseded',
  'gone',
  'duplicate',
  'own-change',
  /** Restricted, reported and left alone, because MODE says so. */
  'observed',
  /** Restricted and left alone, because its requester is exempt. */
  'exempt',
  /** Still in force after a day of trying to take it out; reconcile goes on. */
  'unfinished',
  /** Approved, and not put back: it does not fit beside what stands there by now. The approval stands. */
  'no-room',
  /** AWS's own, changed by AWS itself: nobody else can. */
  'aws-managed',
  /** Reported from an account that is not guarded. */
  'foreign',
  'failed',
]);
export type Outcome = z.infer<typeof outcomeSchema>;

/** What stands in the grant's place until the decision. */
const standing = {
  /** The document that quarantine put there; missing where it put none. */
  stands: z.optional(packedDocumentSchema),
  /** What the reviewed document denied and does not stand there, each as a phrase; not yet escaped. */
  leftOut: z.optional(z.array(z.string())),
  /** The grant was seen in force, and taken out; missing where an event told of what was out of force already. */
  tookOut: z.optional(z.literal(true)),
  /** The inventory had seen exactly that stand there before, unchanged; missing where it had not, or does not tell. */
  stood: z.optional(z.literal(true)),
};

/** Why what stood in a place before may stand there again: it grants nothing restricted, or exactly it was approved. */
export const isBeforeSchema = z.enum(['harmless', 'approved']);
export type IsBefore = z.infer<typeof isBeforeSchema>;

/** What quarantine left in force, so that restore can look again before it writes. */
const containmentSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('managed-policy'),
    /** The version that quarantine left as default. */
    inForceVersionId: z.string(),
    /**
     * Why an earlier version may be in force instead, though it grants something restricted: exactly its document
     * was approved, or what it grants is only observed. Missing where it grants nothing restricted.
     */
    inForceGrants: z.optional(z.enum(['approved', 'observed'])),
    /** With `approved`: it is byte for byte what is under review, so that a denial leaves that approval as it is. */
    inForceIsIdentical: z.optional(z.boolean()),
    /** The placeholder version, when quarantine created it for this request. */
    placeholderVersionId: z.optional(z.string()),
    /** A version that had to be archived into the ledger and deleted to make room. */
    archivedVersionId: z.optional(z.string()),
    ...standing,
  }),
  z.object({
    type: z.literal('inline-policy'),
    /** Nothing had room: the policy was deleted until the decision. */
    deleted: z.optional(z.boolean()),
    /** What stands there is what stood there before, and why it may; missing where it is a placeholder. */
    isBefore: z.optional(isBeforeSchema),
    ...standing,
  }),
  z.object({
    type: z.literal('attachment'),
    /** The inline policy that holds what the attached policy denies, until the decision. */
    deniesName: z.optional(z.string()),
    /** It stood before the change, and why it may stand again; missing where that is not known. */
    isBefore: z.optional(isBeforeSchema),
    /** With `approved`: that is what is under review, so that a denial leaves that approval as it is. */
    isIdentical: z.optional(z.literal(true)),
    ...standing,
  }),
  /** Nothing was touched: the change was observed, or its requester is exempt. */
  z.object({ type: z.literal('none') }),
]);
export type Containment = z.infer<typeof containmentSchema>;

/** All that is known of a decision by an e-mail link, which every subscriber has. */
const emailOrigin = z.object({
  /** Which e-mail the link stood in: its subject, when it was sent, and to whom. */
  text: z.string(),
  /** The address from which the link was used. */
  sourceIp: z.string(),
});
export type EmailOrigin = z.infer<typeof emailOrigin>;

const approver = z.object({
  /** Display name, as Slack tells it, or `someone with the e-mail link`. Not yet escaped. */
  name: z.string(),
  slackUserId: z.optional(z.string()),
  email: z.optional(emailOrigin),
});
export type Approver = z.infer<typeof approver>;

/** One approval of a request; as many different approvers as it needs make the decision. */
const vote = z.object({
  by: approver,
  via: z.enum(['slack', 'email']),
  at: time,
  reason: z.optional(z.string()),
  /** The requester's own, where BREAK_GLASS allows it. */
  breakGlass: z.optional(z.boolean()),
});
export type Vote = z.infer<typeof vote>;

/** The Slack user who made the change. */
const requesterMatch = z.discriminatedUnion('status', [
  /** Exactly one, by something that the caller could not choose. */
  z.object({
    status: z.literal('matched'),
    slackUserId: z.string(),
    by: z.enum(['table', 'email', 'user-name']),
  }),
  /** `unmatched`: none, or more than one. `unknown`: Slack could not be asked; may be asked again. */
  z.object({
    status: z.enum(['unmatched', 'unknown']),
    /** One sentence. */
    why: z.string(),
    /** Whom a name that anybody could choose points to. */
    claims: z.optional(z.string()),
  }),
]);
export type RequesterMatch = z.infer<typeof requesterMatch>;

/** What CloudTrail, which cannot be forged, says of an event that names somebody as the maker of a change. */
const confirmation = {
  /** When it was found to hold the event, by this name. */
  confirmed: z.optional(time),
  /** When it was found not to: the name does not count. */
  refuted: z.optional(
    z.object({
      at: time,
      /** Who started the execution with that event, as CloudTrail tells it. Not yet escaped. */
      startedBy: z.optional(z.string()),
    }),
  ),
};
export type Verdict = Pick<AlsoNamed, keyof typeof confirmation>;

/** Another name for who made the change: an event about the same document on the same target names somebody else. */
const alsoNamed = z.object({
  requester: requesterSchema,
  match: requesterMatch,
  /** The first event that has this name. */
  eventId: z.string(),
  executionArn: z.string(),
  at: time,
  ...confirmation,
});
export type AlsoNamed = z.infer<typeof alsoNamed>;

const userAgeSchema = z.object({
  /** `AIDA…`: another user of the same name has another one. */
  userId: z.string(),
  createdAt: time,
  accessKeys: z.array(z.object({ id: z.string(), createdAt: time })),
  /** When its login profile was made; missing where it has none. */
  passwordAt: z.optional(time),
});

const member = z.object({ name: z.string(), id: z.string() });

const reach = z.object({
  /** Of all that follows: it stays where the rest has no room. */
  sha256: z.string(),
  behind: z.optional(
    z.array(
      z.object({
        /** `group/admins` or `role/deployer`, and its unique id. */
        ...member.shape,
        /** Who may become the role. */
        trust: z.optional(packedDocumentSchema),
        /** The users of the group. */
        members: z.optional(z.array(member)),
      }),
    ),
  ),
});

/** Whom a grant serves, by what IAM gives to nobody else again. */
const principalSchema = z.object({
  /** `RoleId`, `UserId` or `GroupId` of whoever holds it; of a managed policy the `PolicyId`. */
  id: z.string(),
  arn: z.optional(z.string()),
  /** `PolicyId` of the policy that was attached. */
  policyId: z.optional(z.string()),
  /** Who may become the role: its trust policy. */
  trust: z.optional(packedDocumentSchema),
  /** The users of the group, or whom the managed policy is attached to: `user/alice`, with their unique ids. */
  members: z.optional(z.array(member)),
  /** Who is behind the groups and roles that a managed policy is attached to; missing when it could not be read. */
  reach: z.optional(reach),
});
export type Principal = z.infer<typeof principalSchema>;

/** The grant was brought back into force while its request waited. */
export const putBacksSchema = z.object({
  /** How often, this time included; more than a thousand are not counted. */
  count: z.int().check(z.positive()),
  /** Who did it this time. Not yet escaped. */
  by: z.string(),
  /** For how much of the time since the first quarantine the grant was in force: from 0 to 1. */
  shareInForce: z.number(),
});
export type PutBacks = z.infer<typeof putBacksSchema>;

/** What stands around a change in IAM, for whoever decides. Read after quarantine; any of it may be missing. */
const surroundings = z.object({
  /** What the account calls itself; missing where it has no alias. */
  accountAlias: z.optional(z.string()),
  /** What was in force before, as far as the inventory or IAM tells. */
  before: z.optional(
    z.object({
      label: z.string(),
      /** Since when that is known. */
      since: z.optional(time),
      /** Missing where nothing was, and for attachments. */
      document: z.optional(packedDocumentSchema),
      /** What the change has made of it. */
      difference: z.optional(differenceSchema),
    }),
  ),
  /** `user/alice`, `role/deployer`, …: what the policy is attached to or written into. */
  attachedTo: z.optional(z.array(z.string())),
  /** Who has the name of the IAM user that made the change, how old that is, and what it signs in with. */
  requesterAge: z.optional(userAgeSchema),
  /** The first few groups and roles of them: who is in the group, who may become the role. */
  holders: z.optional(
    z.array(
      z.object({
        /** As in `attachedTo`. */
        name: z.string(),
        /** A role's trust policy, as JSON text. */
        trust: z.optional(z.string()),
        /** Of a group: the first users, `user/alice`, and how many there are. */
        members: z.optional(z.object({ count: z.number(), first: z.array(z.string()) })),
      }),
    ),
  ),
});
export type Surroundings = z.infer<typeof surroundings>;

/** What the requester's earlier requests came to, as the ledger knew them when this one was recorded. */
const earlier = z.object({
  requests: z.int().check(z.nonnegative()),
  approved: z.int().check(z.nonnegative()),
  denied: z.int().check(z.nonnegative()),
  /** Whether there may be more than were counted. */
  orMore: z.boolean(),
});
export type Earlier = z.infer<typeof earlier>;

/** What approvers and requester say to each other about a request, beside the decision. */
const remarkSchema = z.object({
  /** A reason is what the requester says without having been asked. */
  kind: z.enum(['question', 'answer', 'reason']),
  by: approver,
  at: time,
  /** Of several lines, perhaps. Not yet escaped. */
  text: z.string(),
});
export type Remark = z.infer<typeof remarkSchema>;

/** Exactly one for a request. */
const decision = z.object({
  /** `unfounded`: nobody made the change, so that there is nothing to decide. */
  decision: z.enum(['approved', 'denied', 'expired', 'unfounded']),
  by: approver,
  via: z.enum(['slack', 'email', 'timeout', 'cloudtrail']),
  at: time,
  reason: z.optional(z.string()),
  /** The requester approved it, where BREAK_GLASS allows it. */
  breakGlass: z.optional(z.boolean()),
});
export type Decision = z.infer<typeof decision>;

const slackMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  /** The message in whose thread this one stands. */
  threadTs: z.optional(z.string()),
  /** Address of the message, for links to it. */
  permalink: z.optional(z.string()),
});
export type SlackMessageRef = z.infer<typeof slackMessage>;

/** One change waiting for a decision, or decided. */
export const requestSchema = z
  .object({
    id: z.string().check(z.minLength(1)),
    /** `pending` → `decided` (a decision is written) → `closed` (it has happened, or ended otherwise). */
    status: z.enum(['pending', 'decided', 'closed']),
    change: changeSchema,
    inspection: inspectionSummarySchema,
    /** The reviewed document, byte for byte. Missing only when it could not be read at all. */
    document: z.optional(packedDocumentSchema),
    containment: containmentSchema,
    /** Set while the grant is still in force, because it could not be taken out: why, in one sentence. */
    inForceBecause: z.optional(z.string()),
    /** Missing where nothing was touched. */
    quarantinedAt: z.optional(time),
    createdAt: time,
    /** When the request expires undecided. */
    expiresAt: time,
    executionArn: z.string(),
    /** The CloudTrail record, as it came. */
    event: z.optional(packedDocumentSchema),
    surroundings: z.optional(surroundings),
    /** Missing when the ledger did not tell. */
    earlier: z.optional(earlier),
    /** Missing when it could not be read. */
    principal: z.optional(principalSchema),
    /**
     * It was taken out in doubt: nothing told whether its principal held the same before the change. Where the inventory
     * tells so later, a denial gives it back.
     */
    unsure: z.optional(z.literal(true)),
    /** How often the same was asked about in a row, for others each time; missing the first time. */
    asked: z.optional(z.int().check(z.positive())),
    /** It was not asked about once more by itself: an approver has to open that. */
    toOpen: z.optional(z.boolean()),
    /** An approver has had what was approved tried once more. */
    opened: z.optional(z.boolean()),
    requester: z.optional(requesterMatch),
    ...confirmation,
    /** Everybody else whom an event about this change names as its maker. */
    alsoNamed: z.optional(z.array(alsoNamed)),
    /**
     * The execution whose event named one maker more than are kept: whoever made the change may be none of those that
     * are, so that no approval counts any more.
     */
    overnamedBy: z.optional(z.string()),
    /** How many different approvers have to approve. */
    approvalsNeeded: z.int().check(z.positive()),
    /** Approvals so far, oldest first. */
    votes: z.array(vote),
    exemption: z.optional(exemptionSchema),
    slack: z.optional(slackMessage),
    /** Where the requester was told, in a direct message. */
    requesterMessage: z.optional(slackMessage),
    /** Who looks at it right now, so that nobody looks twice. Binds nobody. */
    looking: z.optional(z.object({ by: approver, at: time })),
    /** Oldest first. */
    remarks: z.optional(z.array(remarkSchema)),
    emailedAt: z.optional(time),
    decision: z.optional(decision),
    outcome: z.optional(outcomeSchema),
    /** One sentence: what has happened. */
    outcomeDetail: z.optional(z.string()),
    closedAt: z.optional(time),
  })
  .check(
    z.refine((request) => request.status !== 'decided' || request.decision !== undefined, {
      error: 'it is decided, but holds no decision',
    }),
    z.refine((request) => request.status !== 'pending' || request.decision === undefined, {
      error: 'it is pending, but holds a decision',
    }),
    z.refine((request) => request.status !== 'closed' || request.outcome !== undefined, {
      error: 'it is closed, but holds no outcome',
    }),
  );
export type ApprovalRequest = z.infer<typeof requestSchema>;
