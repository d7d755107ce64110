import * as z from '../runtime/zod.ts';

/** How bad a restricted action is, where the list says so; the worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const MODES = ['enforce', 'observe'] as const;
/** `observe`: a grant is reported and left alone. */
export type Mode = (typeof MODES)[number];

/** One entry of the configured list: an exact action or a pattern. */
export interface RestrictedAction {
  /** As configured, e.g. `s3:DeleteBucket` or `kms:Schedule*`. */
  pattern: string;
  /** The named set it came from, e.g. `@data-destruction`. */
  set?: string;
  /** One line: why this action is dangerous. Known for entries of named sets. */
  why?: string;
  severity?: Severity;
  /** Instead of MODE, for this action. */
  mode?: Mode;
  /** Counts only on these: ARN patterns, or `broad` for what is not limited to named resources. */
  resources?: readonly string[];
  /** Does not count where a condition limits the grant by one of these keys. */
  unless?: readonly string[];
  /** Counts only where one of these is granted, `service:Name`; missing where actions that nobody knows yet count too. */
  known?: readonly string[];
}

/** Instead of an ARN pattern: what is not limited to named resources. */
export const BROAD = 'broad';

/** One restricted action that a document grants. */
export const findingSchema = z.object({
  /** The restricted entry, as configured. */
  restricted: z.string(),
  /** The action pattern that grants it, as written; for `NotAction`, `NotAction: a, b`. */
  grantedBy: z.string(),
  /** Index of the statement, from 0; a lone statement object is 0. */
  statement: z.number(),
  sid: z.optional(z.string()),
  /** As written. For `NotResource`, `NotResource: arn…` entries. */
  resources: z.array(z.string()),
  /** True when the statement has a `Condition`; it excuses only where the entry says so. */
  conditional: z.boolean(),
  /** The condition as JSON text, when there is one. */
  condition: z.optional(z.string()),
  /** Which resource, or which missing condition, made an entry count that does not always count. */
  because: z.optional(z.string()),
  set: z.optional(z.string()),
  why: z.optional(z.string()),
  severity: z.optional(z.enum(SEVERITIES)),
  mode: z.optional(z.enum(MODES)),
});
export type Finding = z.infer<typeof findingSchema>;

/** The answer to "does this document grant a restricted action?". */
export interface Inspection {
  /** True when there is a finding or the document is unreadable. */
  restricted: boolean;
  findings: Finding[];
  /** Why the document could not be read; an unreadable document counts as restricted. */
  unreadable?: string;
}
