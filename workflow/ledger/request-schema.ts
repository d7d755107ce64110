import * as z from 'zod';
import type { Change } from '../events/change.ts';
import { MODES, SEVERITIES } from '../inspection/finding.ts';
import type { AuditEntry } from './ledger.ts';
import type { ApprovalRequest, Decision, Vote } from './request.ts';

/** The rules by which items of the table become requests and audit entries; attributes that are not named are dropped. */

const entity = z.enum(['user', 'group', 'role']);
const time = z.iso.datetime();

const change = z.object({
  requestId: z.string().min(1),
  eventId: z.string(),
  eventName: z.string(),
  eventTime: time,
  accountId: z.string(),
  partition: z.string(),
  requester: z.object({
    type: z.string(),
    label: z.string(),
    arn: z.string().optional(),
    names: z.array(z.string()),
    via: z.string().optional(),
    sourceIp: z.string().optional(),
    userAgent: z.string().optional(),
    roleArn: z.string().optional(),
  }),
  target: z.discriminatedUnion('type', [
    z.object({ type: z.literal('managed-policy'), policyArn: z.string(), versionId: z.string() }),
    z.object({ type: z.literal('inline-policy'), entity, entityName: z.string(), policyName: z.string() }),
    z.object({ type: z.literal('attachment'), entity, entityName: z.string(), policyArn: z.string() }),
  ]),
}) satisfies z.ZodType<Change>;

const finding = z.object({
  restricted: z.string(),
  grantedBy: z.string(),
  statement: z.number(),
  sid: z.string().optional(),
  resources: z.array(z.string()),
  conditional: z.boolean(),
  condition: z.string().optional(),
  set: z.string().optional(),
  why: z.string().optional(),
  severity: z.enum(SEVERITIES).optional(),
  mode: z.enum(MODES).optional(),
});

const containment = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('managed-policy'),
    inForceVersionId: z.string(),
    inForceGrants: z.enum(['approved', 'observed']).optional(),
    placeholderVersionId: z.string().optional(),
    archivedVersionId: z.string().optional(),
  }),
  z.object({ type: z.literal('inline-policy') }),
  z.object({ type: z.literal('attachment') }),
  z.object({ type: z.literal('none') }),
]);

const packed = z.object({ gzip: z.string(), sha256: z.string() });

const approver = z.object({
  name: z.string(),
  slackUserId: z.string().optional(),
  email: z.object({ text: z.string(), sourceIp: z.string() }).optional(),
});

const vote = z.object({
  by: approver,
  via: z.enum(['slack', 'email']),
  at: time,
  reason: z.string().optional(),
  breakGlass: z.boolean().optional(),
}) satisfies z.ZodType<Vote>;

const requesterMatch = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('matched'),
    slackUserId: z.string(),
    by: z.enum(['table', 'email', 'user-name']),
  }),
  z.object({
    status: z.enum(['unmatched', 'unknown']),
    why: z.string(),
    claims: z.string().optional(),
  }),
]);

const surroundings = z.object({
  before: z.object({ label: z.string(), document: packed }).optional(),
  attachedTo: z.array(z.string()).optional(),
});

const exemption = z.object({ pattern: z.string(), until: z.string(), reason: z.string() });

const slackMessage = z.object({
  channel: z.string(),
  ts: z.string(),
  threadTs: z.string().optional(),
  permalink: z.string().optional(),
});

const decision = z.object({
  decision: z.enum(['approved', 'denied', 'expired']),
  by: approver,
  via: z.enum(['slack', 'email', 'timeout']),
  at: time,
  reason: z.string().optional(),
  breakGlass: z.boolean().optional(),
}) satisfies z.ZodType<Decision>;

const outcome = z.enum([
  'allowed',
  'approved',
  'denied',
  'expired',
  'superseded',
  'gone',
  'duplicate',
  'own-change',
  'observed',
  'exempt',
  'failed',
]);

export const requestSchema = z
  .object({
    id: z.string().min(1),
    status: z.enum(['pending', 'decided', 'closed']),
    change,
    inspection: z.object({
      findings: z.array(finding),
      total: z.number(),
      unreadable: z.string().optional(),
    }),
    document: packed.optional(),
    containment,
    quarantinedAt: time.optional(),
    createdAt: time,
    expiresAt: time,
    executionArn: z.string(),
    event: packed.optional(),
    surroundings: surroundings.optional(),
    requester: requesterMatch.optional(),
    // Items that an older version has written have neither.
    approvalsNeeded: z.int().positive().default(1),
    votes: z.array(vote).default([]),
    exemption: exemption.optional(),
    slack: slackMessage.optional(),
    requesterMessage: slackMessage.optional(),
    emailedAt: time.optional(),
    decision: decision.optional(),
    outcome: outcome.optional(),
    outcomeDetail: z.string().optional(),
    closedAt: time.optional(),
  })
  .refine((request) => request.status !== 'decided' || request.decision !== undefined, {
    error: 'it is decided, but holds no decision',
  })
  .refine((request) => request.status !== 'pending' || request.decision === undefined, {
    error: 'it is pending, but holds a decision',
  })
  .refine((request) => request.status !== 'closed' || request.outcome !== undefined, {
    error: 'it is closed, but holds no outcome',
  }) satisfies z.ZodType<ApprovalRequest>;

export const auditSchema = z.object({
  at: time,
  event: z.string(),
  requestId: z.string().optional(),
  detail: z.string(),
  slackUserId: z.string().optional(),
  slackUserName: z.string().optional(),
  slackTeamId: z.string().optional(),
  eventId: z.string().optional(),
  executionArn: z.string().optional(),
}) satisfies z.ZodType<AuditEntry>;
