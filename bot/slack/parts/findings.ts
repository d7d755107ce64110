import type { FindingView } from '../../wording/describe-finding.ts';
import { takeWithin } from '../blocks/blocks.ts';
import { code, plain } from '../blocks/mrkdwn.ts';
import { severityPrefix } from './severity.ts';

const MAX_RESOURCES = 3;

/** What a document grants, as any view of a change tells it. */
export interface FindingsView {
  findings: readonly FindingView[];
  /** How many findings there are beyond those listed. */
  moreFindings: number;
  unreadable?: string;
}

/**
 * The findings as lines of markup, each under 1,500 characters; what does not fit the budget is counted.
 *
 * @param budget characters for all lines together
 */
export function findingLines(view: FindingsView, budget: number): string[] {
  if (view.unreadable !== undefined) {
    return [`The document could not be read, which counts as restricted: ${code(view.unreadable, 500)}`];
  }
  const { shown, left } = takeWithin(view.findings.map(findingLine), budget);
  const more = left + view.moreFindings;
  return more === 0 ? shown : [...shown, `_… and ${more} more._`];
}

function findingLine(finding: FindingView): string {
  const { restricted, grantedBy, statement, resources, condition, set, why, severity } = finding;
  const named = set === undefined ? '' : ` (${plain(set, 60)})`;
  const lines = [
    `• ${severityPrefix(severity)}${code(restricted, 150)}${named} – granted by ${code(grantedBy, 300)} in ${plain(statement, 100)} on ${resourceList(resources)}`,
  ];
  if (condition !== undefined) lines.push(`    only if ${code(condition, 250)}`);
  if (why !== undefined) lines.push(`    ${plain(why, 200)}`);
  return lines.join('\n');
}

function resourceList(resources: readonly string[]): string {
  if (resources.length === 0) return code('no resource');
  const shown = resources.slice(0, MAX_RESOURCES).map((resource) => code(resource, 140));
  const more = resources.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
