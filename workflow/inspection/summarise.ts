import * as z from '../runtime/zod.ts';
import { breadthOf } from './breadth.ts';
import { type Finding, findingSchema, type Inspection } from './finding.ts';
import { grantFacts, grantFactsSchema } from './grant-facts.ts';

/** The findings as the ledger and messages keep them: capped, with the true total. */
export const inspectionSummarySchema = z.object({
  findings: z.array(findingSchema),
  /** How many findings there were before the cap. */
  total: z.number(),
  /** What all of them amount to; missing where nothing restricted was found. */
  grants: z.optional(grantFactsSchema),
  unreadable: z.optional(z.string()),
  /** The request in which a version of the policy waits that was judged: what was attached does not grant this yet. */
  waitsIn: z.optional(z.string()),
});
export type InspectionSummary = z.infer<typeof inspectionSummarySchema>;

/**
 * Bounds, so that a summary and the packed document leave half the state of an execution (262,144 bytes) free, and
 * the ledger's item: a document of 131,072 characters can hold thousands of findings.
 */
const MOST_FINDINGS = 40;
const MOST_RESOURCES = 10;
const MOST_CHARACTERS = 512;
const MOST_BYTES = 24 * 1024;

/**
 * The findings as states, ledger and messages keep them: capped, with the true totals.
 *
 * @param document the text that was inspected, where there is one: how far it reaches is not in the findings
 */
export function summarise({ findings, unreadable }: Inspection, document?: string): InspectionSummary {
  const kept: Finding[] = [];
  let room = MOST_BYTES;
  for (const finding of findings.slice(0, MOST_FINDINGS).map(clipFinding)) {
    room -= Buffer.byteLength(JSON.stringify(finding));
    if (room < 0) break;
    kept.push(finding);
  }
  return {
    findings: kept,
    total: findings.length,
    ...(findings.length > 0 && { grants: grantFacts(findings, breadthOf(document)) }),
    ...(unreadable !== undefined && { unreadable: clip(unreadable) }),
  };
}

function clipFinding(finding: Finding): Finding {
  const { sid, condition, because } = finding;
  return {
    ...finding,
    restricted: clip(finding.restricted),
    grantedBy: clip(finding.grantedBy),
    resources: clipResources(finding.resources),
    ...(sid !== undefined && { sid: clip(sid) }),
    ...(condition !== undefined && { condition: clip(condition) }),
    ...(because !== undefined && { because: clip(because) }),
  };
}

function clipResources(resources: readonly string[]): string[] {
  const kept = resources.slice(0, MOST_RESOURCES).map(clip);
  const more = resources.length - kept.length;
  return more > 0 ? [...kept, `… and ${more} more`] : kept;
}

function clip(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
