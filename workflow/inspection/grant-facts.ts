import * as z from '../runtime/zod.ts';
import type { Breadth } from './breadth.ts';
import { DANGERS, type Danger, dangerOf } from './danger.ts';
import { type Finding, SEVERITIES } from './finding.ts';

const counted = z.object({ count: z.number(), examples: z.array(z.string()) });

/** What one statement grants, in a few words. */
const grantingStatement = z.object({
  statement: z.number(),
  sid: z.optional(z.string()),
  /** How many different restricted actions it grants, and the worst of them. */
  actions: counted,
  /** How many patterns grant them, and the broadest, as written. */
  patterns: counted,
  resources: counted,
  condition: z.optional(z.string()),
  severity: z.optional(z.enum(SEVERITIES)),
});
export type GrantingStatement = z.infer<typeof grantingStatement>;

/**
 * True totals of what a document grants, made before the findings are capped: what a verdict stands on. Small, so
 * that they travel with every request.
 */
export const grantFactsSchema = z.object({
  /** How many different restricted actions it grants. */
  actions: z.number(),
  severities: z.partialRecord(z.enum(SEVERITIES), z.number()),
  dangers: z.partialRecord(z.enum(DANGERS), counted),
  everything: z.optional(z.enum(['always', 'conditional'])),
  /** It grants everything but these. */
  allBut: z.optional(counted),
  /** Services that it grants wholly, on every resource, and that have restricted actions among those granted. */
  services: z.array(z.string()),
  /** Whether it grants running something under a role that is passed along. */
  runsWithRoles: z.boolean(),
  /** The worst statements, and how many grant something. */
  statements: z.array(grantingStatement),
  statementsInAll: z.number(),
});
export type GrantFacts = z.infer<typeof grantFactsSchema>;

const MOST_STATEMENTS = 4;
const MOST_EXAMPLES = 3;
const MOST_SERVICES = 20;
const MOST_CHARACTERS = 160;

/** @param findings all of them, not only those that are kept */
export function grantFacts(findings: readonly Finding[], breadth: Breadth): GrantFacts {
  const worst = onePerAction(findings);
  const { everything, allBut, services, runsWithRoles } = breadth;
  const touched = new Set(findings.flatMap(servicesOf));
  const statements = [...Map.groupBy(findings, ({ statement }) => statement).values()].sort(byWorst);
  return {
    actions: worst.length,
    severities: Object.fromEntries(
      [...Map.groupBy(worst, ({ severity }) => severity)].flatMap(([severity, { length }]) =>
        severity === undefined ? [] : [[severity, length]],
      ),
    ),
    dangers: Object.fromEntries(
      [...Map.groupBy(worst, dangerOf)].map(([danger, group]) => [danger, actionsOf(group)]),
    ) as Partial<Record<Danger, z.infer<typeof counted>>>,
    ...(everything !== undefined && { everything }),
    ...(allBut !== undefined && { allBut: count(allBut) }),
    services: services.filter((service) => touched.has(service)).slice(0, MOST_SERVICES),
    runsWithRoles,
    statements: statements.slice(0, MOST_STATEMENTS).map(describeStatement),
    statementsInAll: statements.length,
  };
}

function describeStatement(findings: readonly Finding[]): GrantingStatement {
  const [first] = findings as [Finding, ...Finding[]];
  const severity = onePerAction(findings)[0]?.severity;
  return {
    statement: first.statement,
    ...(first.sid !== undefined && { sid: clip(first.sid) }),
    actions: actionsOf(onePerAction(findings)),
    patterns: count(
      [...new Set(findings.map(({ grantedBy }) => grantedBy))].sort(
        (one, other) => one.length - other.length,
      ),
    ),
    resources: count(first.resources),
    ...(first.condition !== undefined && { condition: clip(first.condition) }),
    ...(severity !== undefined && { severity }),
  };
}

/** One finding for each restricted action, the worst first. */
function onePerAction(findings: readonly Finding[]): Finding[] {
  const byAction = Map.groupBy(findings, ({ restricted }) => restricted);
  return [...byAction.values()].flatMap((same) => same.sort(worseFirst).slice(0, 1)).sort(worseFirst);
}

function byWorst(one: readonly Finding[], other: readonly Finding[]): number {
  const [worst, worstOther] = [onePerAction(one), onePerAction(other)] as [Finding[], Finding[]];
  const difference = worseFirst(worst[0] as Finding, worstOther[0] as Finding);
  return difference || worstOther.length - worst.length;
}

/** What people know at sight comes first among its like; the list's own order tells nothing. */
const KNOWN = [
  ...['iam:CreatePolicyVersion', 'iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:PassRole'],
  ...['s3:DeleteBucket', 's3:DeleteObject', 'kms:ScheduleKeyDeletion', 'rds:DeleteDBInstance'],
  ...[
    's3:PutBucketPolicy',
    'secretsmanager:GetSecretValue',
    'cloudtrail:StopLogging',
    'cloudtrail:DeleteTrail',
  ],
].map((action) => action.toLowerCase());

function worseFirst(one: Finding, other: Finding): number {
  return (
    severityRank(one) - severityRank(other) ||
    dangerRank(one) - dangerRank(other) ||
    unknown(one) - unknown(other)
  );
}

function severityRank({ severity }: Finding): number {
  return severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
}

function dangerRank(finding: Finding): number {
  return DANGERS.indexOf(dangerOf(finding));
}

function unknown({ restricted }: Finding): number {
  const index = KNOWN.indexOf(restricted.toLowerCase());
  return index === -1 ? KNOWN.length : index;
}

/** The services that a finding is about: the entry's and, where that names none, the grant's. */
function servicesOf({ restricted, grantedBy }: Finding): string[] {
  return [restricted, grantedBy].flatMap(
    (action) => /^([a-z0-9-]+):/i.exec(action.trim())?.[1]?.toLowerCase() ?? [],
  );
}

function actionsOf(findings: readonly Finding[]): z.infer<typeof counted> {
  return count(findings.map(({ restricted }) => restricted));
}

function count(texts: readonly string[]): z.infer<typeof counted> {
  return { count: texts.length, examples: texts.slice(0, MOST_EXAMPLES).map(clip) };
}

function clip(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
