import type { Severity } from '../../../../workflow/inspection/finding.ts';
import type { DescribedFinding } from '../../wording/describe-finding.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
import { listWithin, sections } from '../blocks/lists.ts';
import { code, plain } from '../blocks/mrkdwn.ts';
import type { Block } from '../blocks/types.ts';

const MAX_RESOURCES = 3;

/** What a document grants. */
type Granted = Pick<DescribedRequest, 'findings' | 'moreFindings' | 'unreadable'>;

/** Characters for the findings of one message; the rest of it needs about 4,000 at most. */
const FINDINGS_BUDGET = 4_500;

/** What the document grants, as a list. */
export function grantedBlocks(granted: Granted, budget = FINDINGS_BUDGET): Block[] {
  return sections(['*What it grants*', ...findingLines(granted, budget)]);
}

/**
 * The findings as lines of markup, each under 1,500 characters; what does not fit the budget is counted.
 *
 * @param budget characters for all lines together
 */
export function findingLines(granted: Granted, budget: number): string[] {
  if (granted.unreadable !== undefined) {
    return [`The document could not be read, which counts as restricted: ${code(granted.unreadable, 500)}`];
  }
  return listWithin(granted.findings.map(findingLine), budget, granted.moreFindings);
}

/** What stands before a change's own words where the list gives a severity. */
export function severityPrefix(severity: Severity | undefined): string {
  return severity === undefined ? '' : `*${severity.toUpperCase()}* `;
}

function findingLine(finding: DescribedFinding): string {
  const { restricted, grantedBy, statement, resources, condition, because, set, why, severity } = finding;
  const named = set === undefined ? '' : ` (${plain(set, 60)})`;
  const lines = [
    `• ${severityPrefix(severity)}${code(restricted, 150)}${named} – granted by ${code(grantedBy, 300)} in ${plain(statement, 100)} on ${resourceList(resources)}`,
  ];
  if (condition !== undefined) lines.push(`    only if ${code(condition, 250)}`);
  if (because !== undefined) lines.push(`    counts here: ${code(because, 250)}`);
  if (why !== undefined) lines.push(`    ${plain(why, 200)}`);
  return lines.join('\n');
}

function resourceList(resources: readonly string[]): string {
  if (resources.length === 0) return code('no resource');
  const shown = resources.slice(0, MAX_RESOURCES).map((resource) => code(resource, 140));
  const more = resources.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
